// One verification from end to end, as an integrator, a person and a receiver see it: a session by API, the hosted
// page in a real Chromium whose camera shows a synthetic passport, the decision, the signed webhook.
//
// BONAFIDE_READY: the line that `bonafide dev --json` prints. BONAFIDE_SPECIMEN: the folder that `bonafide specimen
// --y4m` wrote. BONAFIDE_BRIEFLY: say one line only. BONAFIDE_SCREENS: a folder for pictures of every screen.
import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openBrowser, showPassport } from './person.mjs';

const ready = JSON.parse(process.env.BONAFIDE_READY);
const folder = process.env.BONAFIDE_SPECIMEN;
const briefly = Boolean(process.env.BONAFIDE_BRIEFLY);
const screens = process.env.BONAFIDE_SCREENS;
const begin = Date.now();
const said = [];

function tell(what) {
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  said.push([seconds, what]);
  if (!briefly) console.log(`  ${seconds.padStart(6)} s  ${what}`);
}

async function api(method, path, body) {
  const headers = { 'x-api-key': ready.live.api_key, 'content-type': 'application/json' };
  const response = await fetch(ready.base_url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

/** The founding guide's check: canonical JSON, HMAC-SHA256, five minutes. */
function verifies(rawBody, signature, timestamp, secret) {
  const sorted = (value) => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
  };
  if (Math.abs(Math.floor(Date.now() / 1000) - Number.parseInt(timestamp, 10)) > 300) return false;
  const expected = createHmac('sha256', secret).update(JSON.stringify(sorted(JSON.parse(rawBody))), 'utf8').digest('hex');
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

/** An integrator's webhook endpoint on this machine, subscribed through the API. */
async function receiver() {
  const events = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      events.push({ raw: Buffer.concat(chunks).toString('utf8'), headers: request.headers });
      response.end('{"received":true}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/webhook`;
  const destination = await api('POST', '/v3/webhook/destinations/', {
    label: 'Demo receiver', url, webhook_version: 'v3', subscribed_events: ['status.updated'],
  });
  const close = async () => {
    await api('DELETE', `/v3/webhook/destinations/${destination.uuid}/`);
    server.close();
  };
  return { events, secret: destination.secret_shared_key, close };
}

async function until(what, look, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function shoot(page, name) {
  if (screens) await page.screenshot({ path: join(screens, `${name}.png`) });
}

async function main() {
  const name = readdirSync(folder).find((file) => file.endsWith('.json'));
  const truth = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const film = join(folder, readdirSync(folder).find((file) => file.endsWith('.y4m')));
  const nation = truth.person.nation;
  const country = nation.name;
  const hooks = await receiver();
  const session = await api('POST', '/v3/session/', {
    workflow_id: ready.workflows.kyc, vendor_data: `demo-${begin}`, metadata: { plan: 'premium', score: 1.5 },
  });
  assert.equal(session.status, 'Not Started');
  tell(`session ${session.session_number} made: ${session.url}`);
  const browser = await openBrowser(film);
  try {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })).newPage();
    await page.goto(session.url);
    await showPassport(page, country, async (what, picture) => {
      await shoot(page, picture);
      tell(what);
    });
    tell('uses the photograph');
    const decision = await until('the decision', async () => {
      const found = await api('GET', `/v3/session/${session.session_id}/decision/`);
      return ['Approved', 'Declined', 'In Review'].includes(found.status) ? found : null;
    });
    tell(`decision: ${decision.status}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(1500);
    await shoot(page, '5-result');
    const event = await until('the webhook', async () =>
      hooks.events.find(({ raw }) => JSON.parse(raw).session_id === session.session_id && JSON.parse(raw).decision), 30);
    check(decision, event, hooks, truth);
    report(decision, event, session);
  } finally {
    await browser.close();
    await hooks.close();
  }
}

/** What must be true of the result; the demo fails when it is not. */
function check(decision, event, hooks, truth) {
  const { raw, headers } = event;
  assert.equal(decision.status, 'Approved', JSON.stringify(decision.id_verifications, null, 2));
  const [document] = decision.id_verifications;
  assert.deepEqual(document.mrz.mrz_string.split('\n'), truth.mrz, 'every character of the zone was read');
  const signed = (body, signature, at, secret) => verifies(body, signature, at, secret);
  const [signature, at] = [headers['x-signature-v2'], headers['x-timestamp']];
  assert.ok(signed(raw, signature, at, hooks.secret), 'the webhook verifies');
  assert.ok(!signed(raw.replace('"Approved"', '"Declined"'), signature, at, hooks.secret), 'an altered body does not');
  assert.ok(!signed(raw, signature, Number(at) - 301, hooks.secret), 'an old timestamp does not');
  assert.ok(!signed(raw, signature, at, `${hooks.secret}x`), 'a wrong secret does not');
  tell('the webhook arrived and verifies; altered, old and wrongly keyed ones do not');
}

function report(decision, event, session) {
  const [document] = decision.id_verifications;
  if (briefly) {
    console.log(`  ${decision.status} in ${said.at(-1)[0]} s: ${document.full_name}, ${document.document_number}`);
    return;
  }
  const webhook = JSON.parse(event.raw);
  const rows = [
    ['Session', `${session.session_number} (${session.session_id})`],
    ['Decision', decision.status],
    ['Document', `${document.document_type}, ${document.issuing_state_name}, number ${document.document_number}`],
    ['Holder', `${document.full_name}, born ${document.date_of_birth}, valid until ${document.expiration_date}`],
    ['Webhook', `${webhook.webhook_type} ${webhook.status}, event ${webhook.event_id}, signature verified`],
    ['Hosted page', session.url],
    ['Inbox', `${ready.base_url}/dev/inbox`],
    ['API', `${ready.base_url}/docs`],
  ];
  console.log('');
  for (const [name, value] of rows) console.log(`  ${name.padEnd(12)} ${value}`);
}

await main();
