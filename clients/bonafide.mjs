// What the programs here share: the server under test, a receiver of webhooks, and patience.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

/** The line that `bonafide dev --json` prints. */
export const ready = JSON.parse(process.env.BONAFIDE_READY);

export async function api(key, method, path, body) {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const response = await fetch(ready.base_url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

/** An integrator's webhook endpoint: keeps what arrives, as raw bytes with headers. */
export async function receiver(key, subscribed_events) {
  const deliveries = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      deliveries.push({ raw: Buffer.concat(chunks), headers: request.headers });
      response.end('{"received":true}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/webhook`;
  const destination = await api(key, 'POST', '/v3/webhook/destinations/', {
    label: `clients ${Date.now()}`, url, webhook_version: 'v3', subscribed_events,
  });
  const close = async () => {
    await api(key, 'DELETE', `/v3/webhook/destinations/${destination.uuid}/`);
    server.close();
  };
  return { deliveries, secret: destination.secret_shared_key, close };
}

/** Looks until there is something to see. */
export async function until(what, look, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
