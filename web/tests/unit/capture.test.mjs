import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { moduleLoader } from './load.mjs';

describe('capture', () => {
  let loader;
  let modules;
  before(async () => {
    loader = await moduleLoader();
    const names = ['address', 'digest', 'patience', 'picture', 'screen', 'upload', 'camera'];
    const loaded = await Promise.all(names.map((name) => loader.load(`capture/${name}.ts`)));
    modules = Object.fromEntries(names.map((name, index) => [name, loaded[index]]));
  });
  after(() => loader.close());

  it('reads token and language out of the path', () => {
    const { addressOf } = modules.address;
    assert.deepEqual(addressOf('/session/a1B2_c3-D4e5'), { token: 'a1B2_c3-D4e5', language: null });
    assert.deepEqual(addressOf('/pt-BR/session/abc/'), { token: 'abc', language: 'pt-BR' });
    assert.equal(addressOf('/session/'), null);
    assert.equal(addressOf('/x/y/session/abc'), null);
  });

  it('picks the full tag, then its base, then English', () => {
    const { pickLanguage } = modules.address;
    const have = ['en', 'es', 'pt', 'pt-BR'];
    assert.equal(pickLanguage([null, 'pt-br'], have), 'pt-BR');
    assert.equal(pickLanguage(['es-419'], have), 'es');
    assert.equal(pickLanguage(['fi', 'es'], have), 'es');
    assert.equal(pickLanguage(['fi'], have), 'en');
  });

  it('follows web and app links but no script', () => {
    const { isSafeRedirect } = modules.address;
    for (const good of ['https://a.example/x?y', 'http://localhost:3000/', 'myapp://verified']) assert.ok(isSafeRedirect(good), good);
    for (const bad of ['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', '/relative', 'blob:x']) {
      assert.ok(!isSafeRedirect(bad), bad);
    }
  });

  it('computes SHA-256 without the browser as with it', async () => {
    const { plainSha256, sha256 } = modules.digest;
    for (const length of [0, 1, 55, 56, 63, 64, 65, 1000, 70001]) {
      const bytes = randomBytes(length);
      const truth = createHash('sha256').update(bytes).digest('hex');
      assert.equal(Buffer.from(plainSha256(new Uint8Array(bytes))).toString('hex'), truth, `${length} bytes`);
      assert.equal(await sha256(new Uint8Array(bytes).buffer), truth);
    }
  });

  it('waits longer and longer, up to a limit', () => {
    const { pauseBefore, pollPause } = modules.patience;
    assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map(pauseBefore), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert.equal(pollPause(0), 1000);
    assert.equal(pollPause(1000), 3000);
  });

  it('knows a picture by its bytes', () => {
    const { kindOf } = modules.picture;
    const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    assert.equal(kindOf(bytes('\xff\xd8\xff\xe0')), 'image/jpeg');
    assert.equal(kindOf(bytes('\x89PNG\r\n\x1a\n')), 'image/png');
    assert.equal(kindOf(bytes('RIFF\0\0\0\0WEBPVP8 ')), 'image/webp');
    assert.equal(kindOf(bytes('MM\0*\0\0')), 'image/tiff');
    assert.equal(kindOf(bytes('GIF89a')), null);
    assert.equal(kindOf(bytes('')), null);
  });

  it('gives every camera failure its own word', () => {
    const { troubleOf } = modules.camera;
    const named = (name) => Object.assign(new Error(), { name });
    assert.equal(troubleOf(named('NotAllowedError')), 'denied');
    assert.equal(troubleOf(named('NotFoundError')), 'absent');
    assert.equal(troubleOf(named('NotReadableError')), 'in_use');
    assert.equal(troubleOf(named('SecurityError')), 'blocked_by_site');
    assert.equal(troubleOf('what'), 'unknown');
    assert.equal(troubleOf(null), 'unknown');
  });

  const step = (over) => ({
    node_id: 'id_verification_1', feature: 'OCR', state: 'capture', attempts_left: 3, document_types: ['P', 'ID'],
    countries: null, country: 'ESP', document_type: 'ID', sides: ['front', 'back'], uploaded: [],
    capture_methods: ['UPLOAD'], warnings: [], ...over,
  });
  const view = (over) => ({ status: 'In Progress', consent_given: true, result: null, steps: [], step: step(), ...over });
  const wishes = (over) => ({ doing: 'reading', again: false, rechoose: false, ...over });
  const nameOf = (v, w) => modules.screen.screenOf(v, wishes(w)).name;

  it('shows the screen that fits', () => {
    assert.equal(nameOf(view({ consent_given: false })), 'consent');
    assert.equal(nameOf(view({ step: step({ state: 'choose' }) })), 'choose');
    assert.equal(nameOf(view()), 'instructions');
    assert.equal(nameOf(view(), { doing: 'aiming' }), 'camera');
    assert.equal(nameOf(view(), { rechoose: true }), 'choose');
    assert.equal(nameOf(view({ step: step({ state: 'checking' }) }), { doing: 'looking' }), 'checking');
    assert.equal(nameOf(view({ step: step({ state: 'retry' }) })), 'retry');
    assert.equal(nameOf(view({ step: step({ state: 'retry' }) }), { again: true }), 'instructions');
    assert.equal(nameOf(view({ step: step({ feature: 'LIVENESS' }) })), 'unavailable');
    assert.equal(nameOf(view({ step: null })), 'checking');
    assert.equal(nameOf(view({ status: 'Expired', consent_given: false })), 'result');
    assert.equal(nameOf(view({ status: 'Approved', result: { status: 'Approved', warnings: [] } })), 'result');
    assert.equal(nameOf(view({ status: 'Resubmitted' })), 'instructions');
  });

  it('asks for the sides in order, and for all of them after a failure', () => {
    const { nextSide } = modules.screen;
    assert.equal(nextSide(step()), 'front');
    assert.equal(nextSide(step({ uploaded: ['front'] })), 'back');
    assert.equal(nextSide(step({ uploaded: ['front', 'back'] })), null);
    assert.equal(nextSide(step({ state: 'retry', uploaded: ['front', 'back'] })), 'front');
  });

  it('sends less at once on a slow line and more on a fast one', () => {
    const pace = new modules.upload.Pace();
    pace.took(100);
    assert.equal(pace.bytes, 128 * 1024);
    pace.took(2000);
    assert.equal(pace.bytes, 128 * 1024);
    pace.took(9000);
    for (let cut = 0; cut < 9; cut += 1) pace.slower();
    assert.equal(pace.bytes, 16 * 1024);
  });

  it('tells an upload that arrived from one that did not', () => {
    const { hasArrived } = modules.upload;
    const parcel = { nodeId: 'id_verification_1', part: 'front' };
    assert.equal(hasArrived(view(), parcel, step()), false);
    assert.equal(hasArrived(view({ step: step({ uploaded: ['front'] }) }), parcel, step()), true);
    assert.equal(hasArrived(view({ step: step({ state: 'checking' }) }), parcel, step()), true);
    assert.equal(hasArrived(view({ step: null }), parcel, step()), true);
    const failed = step({ state: 'retry', attempts_left: 2 });
    assert.equal(hasArrived(view({ step: failed }), parcel, step()), true);
    assert.equal(hasArrived(view({ step: failed }), parcel, failed), false);
  });
});
