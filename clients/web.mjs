// @didit-protocol/sdk-web, unmodified: an integrator's page opens the hosted flow in the SDK's iframe, a person shows a
// synthetic passport to the camera, the SDK reports completion, and didit-node-client verifies the webhook.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DiditClient } from 'didit-node-client';
import { openBrowser, showPassport } from '../web/demo/person.mjs';
import { api, ready, receiver, until } from './bonafide.mjs';

const folder = process.env.BONAFIDE_SPECIMEN;
const film = join(folder, readdirSync(folder).find((file) => file.endsWith('.y4m')));
const truth = JSON.parse(readFileSync(join(folder, readdirSync(folder).find((file) => file.endsWith('.json'))), 'utf8'));
const sdk = join(dirname(createRequire(import.meta.url).resolve('@didit-protocol/sdk-web')), 'didit-sdk.umd.min.js');

/** The integrator's own site: one page with the SDK. */
async function site() {
  const page = '<!doctype html><meta charset="utf-8"><title>Shop</title><h1>Shop</h1><script src="/sdk.js"></script>';
  const server = createServer((request, response) => {
    const script = request.url === '/sdk.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? readFileSync(sdk) : page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const key = ready.live.api_key;
const hooks = await receiver(key, ['status.updated']);
const session = await api(key, 'POST', '/v3/session/', { workflow_id: ready.workflows.kyc, vendor_data: `web-${Date.now()}` });
const shop = await site();
const browser = await openBrowser(film);
try {
  const page = await (await browser.newContext({ viewport: { width: 800, height: 900 }, locale: 'en-GB' })).newPage();
  await page.goto(shop.url);
  await page.evaluate((url) => {
    const { DiditSdk } = globalThis.DiditSDK;
    globalThis.heard = [];
    DiditSdk.shared.onEvent = (event) => globalThis.heard.push(event);
    DiditSdk.shared.onComplete = (result) => { globalThis.result = result; };
    DiditSdk.shared.startVerification({ url, configuration: { closeModalOnComplete: true } });
  }, session.url);
  await showPassport(page.frameLocator('iframe'), truth.person.nation.name);
  const result = await until('the SDK\'s completion', () => page.evaluate(() => globalThis.result));
  assert.deepEqual(result, { type: 'completed', session: { sessionId: session.session_id, status: 'Approved' } });
  const heard = await page.evaluate(() => globalThis.heard.map((event) => event.type));
  for (const type of ['didit:ready', 'didit:started', 'didit:document_selected', 'didit:verification_submitted', 'didit:completed']) {
    assert.ok(heard.includes(type), `${type} was not heard among ${heard}`);
  }
  const didit = new DiditClient({ apiKey: key, webhookSecret: hooks.secret, baseUrl: ready.base_url });
  const delivery = await until('the webhook', () => hooks.deliveries.find(({ raw }) => {
    const body = JSON.parse(raw.toString('utf8'));
    return body.session_id === session.session_id && body.decision;
  }));
  const { event, verifiedWith } = didit.webhooks.constructEvent(delivery.raw, delivery.headers);
  assert.deepEqual([event.status, verifiedWith], ['Approved', 'v2']);
  console.log(`  @didit-protocol/sdk-web: ${heard.length} messages, ${event.decision.id_verifications[0].full_name} ${event.status}`);
} finally {
  await browser.close();
  shop.close();
  await hooks.close();
}
