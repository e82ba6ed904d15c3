// didit-node-client, unmodified: a sandbox session from creation to a verified webhook, and everything else it offers.
import assert from 'node:assert/strict';
import { DiditClient, DiditAuthenticationError, DiditNotFoundError, DiditValidationError, DiditWebhookSignatureError } from 'didit-node-client';
import { api, ready, receiver, until } from './bonafide.mjs';

const key = ready.sandbox.api_key;
const hooks = await receiver(key, ['status.updated', 'data.updated']);
const didit = new DiditClient({ apiKey: key, webhookSecret: hooks.secret, baseUrl: ready.base_url });
const workflow_id = ready.workflows.kyc;
const vendor_data = `node-${Date.now()}`;

/** The verified event of this kind and status; every delivery on the way must verify too. */
async function event(session_id, webhook_type, status) {
  const delivery = await until(`${webhook_type} ${status}`, () => hooks.deliveries.find(({ raw }) => {
    const body = JSON.parse(raw.toString('utf8'));
    return body.session_id === session_id && body.webhook_type === webhook_type && body.status === status;
  }));
  const verified = didit.webhooks.constructEvent(delivery.raw, delivery.headers);
  assert.equal(verified.verifiedWith, 'v2');
  assert.equal(verified.isTest, false);
  // The client takes any one signature, and the simple one covers no more than id, status and type.
  const altered = Buffer.from(delivery.raw.toString('utf8').replaceAll(`"status":"${status}"`, '"status":"Changed"'));
  assert.throws(() => didit.webhooks.constructEvent(altered, delivery.headers), DiditWebhookSignatureError);
  const elsewhere = { secret: 'another secret' };
  assert.throws(() => didit.webhooks.constructEvent(delivery.raw, delivery.headers, elsewhere), DiditWebhookSignatureError);
  return verified.event;
}

async function session(scenario, more = {}) {
  const made = await didit.sessions.create({ workflow_id, vendor_data, sandbox_scenario: scenario, ...more });
  assert.equal(made.status, 'Not Started');
  assert.ok(made.url.startsWith(ready.base_url), made.url);
  await api(key, 'POST', `/v3/session/${made.session_id}/sandbox/complete/`, {});
  return made.session_id;
}

const approved = await session('approve', {
  metadata: { plan: 'señor 😀', ratio: 0.25, whole: 2.0, nested: { empty: {}, list: [] } },
  expected_details: { first_name: 'Carmen' }, callback: 'https://example.com/done', callback_method: 'both',
});
const hook = await event(approved, 'status.updated', 'Approved');
assert.equal(hook.metadata.plan, 'señor 😀');
const decision = await didit.sessions.retrieve(approved);
assert.equal(decision.status, 'Approved');
assert.deepEqual(hook.decision.id_verifications.map((check) => check.document_number), decision.id_verifications.map((check) => check.document_number));

const declined = await session('decline_document_expired');
await event(declined, 'status.updated', 'Declined');

const page = await didit.sessions.list({ vendor_data, limit: 1 });
assert.equal(page.count, 2);
assert.equal(page.results[0].session_id, declined);
const all = [];
for await (const row of didit.sessions.listAll({ vendor_data, limit: 1 })) all.push(row.session_id);
assert.deepEqual(all, [declined, approved]);
const rejected = await didit.sessions.list({ vendor_data, status: ['Declined'] });
assert.deepEqual(rejected.results.map((row) => row.session_id), [declined]);

assert.deepEqual(await didit.sessions.updateStatus(declined, { new_status: 'Approved', comment: 'Renewed since.' }), { session_id: declined });
await event(declined, 'status.updated', 'Approved');
await didit.sessions.updateData(approved, { first_name: 'Maria' });
await event(approved, 'data.updated', 'Approved');
assert.equal((await didit.sessions.retrieve(approved)).id_verifications[0].first_name, 'Maria');
const nodes_to_resubmit = [{ node_id: decision.id_verifications[0].node_id, feature: 'OCR' }];
await didit.sessions.updateStatus(approved, { new_status: 'Resubmitted', nodes_to_resubmit, comment: 'Too dark.' });
const again = await event(approved, 'status.updated', 'Resubmitted');
assert.equal(again.resubmit_info.nodes_to_resubmit.length, 1);

const pdf = await didit.sessions.generatePdf(declined);
assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-');

const unknown = '00000000-0000-4000-8000-000000000000';
await assert.rejects(didit.sessions.retrieve(unknown), DiditNotFoundError);
await assert.rejects(didit.sessions.create({ workflow_id: unknown }), DiditValidationError);
const stranger = new DiditClient({ apiKey: 'wrong', baseUrl: ready.base_url });
await assert.rejects(stranger.sessions.list(), DiditAuthenticationError);
await hooks.close();
console.log(`  didit-node-client: ${hooks.deliveries.length} deliveries, a PDF of ${pdf.length} bytes`);
