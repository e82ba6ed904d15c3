// Bad networks, reloads and killed tabs: what was uploaded stays uploaded, nothing is asked twice.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { button, drawnJpeg, giveFile, noComplaints, sees, startBrowser, titled, watched } from '../harness.mjs';

const LIMIT = { timeout: 60_000 };
const passport = { status: 'In Progress', consent_given: true, state: 'capture', country: 'ESP', document_type: 'P' };

describe('the hosted page on a bad network', () => {
  let stage;
  before(async () => (stage = await startBrowser()));
  after(() => stage.close());
  beforeEach(() => {
    stage.mock.calls.length = 0;
    Object.assign(stage.mock.faults, { offline: false, cutAfterPieces: null, loseCompletion: false, status: null, slowMs: 0 });
  });

  /** Sends a picture until the connection is cut after `pieces`. */
  async function cutOff(page, pieces) {
    const file = await drawnJpeg(page, 1200);
    stage.mock.faults.cutAfterPieces = pieces;
    await giveFile(page, file);
    await button(page, 'Use this photo').click();
    await sees(page, 'What was sent stays sent');
    return file;
  }

  /** Every byte was accepted once: each piece begins where the one before ended. */
  function eachByteOnce(session, file) {
    let end = 0;
    for (const [offset, length] of session.accepted) {
      assert.equal(offset, end);
      end += length;
    }
    assert.equal(end, file.buffer.length);
  }

  it('goes on where the connection was cut', LIMIT, async () => {
    const session = stage.mock.add('cut', { ...passport });
    const page = await stage.open('/session/cut');
    const file = await cutOff(page, 4);
    stage.mock.faults.offline = false;
    await titled(page, 'You are verified', 20_000);
    assert.ok(session.received.get('front').equals(file.buffer));
    eachByteOnce(session, file);
    noComplaints(page);
  });

  it('goes on by itself after a reload in the middle of an upload', LIMIT, async () => {
    const session = stage.mock.add('reload', { ...passport });
    const page = await stage.open('/session/reload');
    const file = await cutOff(page, 4);
    stage.mock.faults.offline = false;
    await page.reload();
    await titled(page, 'You are verified', 20_000);
    assert.ok(session.received.get('front').equals(file.buffer));
    eachByteOnce(session, file);
    noComplaints(page);
  });

  it('goes on in a new tab after the first was killed', LIMIT, async () => {
    const session = stage.mock.add('killed', { ...passport });
    const page = await stage.open('/session/killed');
    const file = await cutOff(page, 2);
    const context = page.context();
    await page.close();
    stage.mock.faults.offline = false;
    const second = await watched(await context.newPage(), `${stage.mock.origin}/session/killed`);
    await titled(second, 'You are verified', 20_000);
    assert.ok(session.received.get('front').equals(file.buffer));
    eachByteOnce(session, file);
    noComplaints(second);
  });

  it('shows an unconfirmed picture again after a reload', LIMIT, async () => {
    stage.mock.add('unconfirmed', { ...passport });
    const page = await stage.open('/session/unconfirmed');
    await giveFile(page, await drawnJpeg(page, 300));
    await titled(page, 'Is everything readable?');
    await page.waitForTimeout(300);
    await page.reload();
    await titled(page, 'Is everything readable?');
    assert.ok(!stage.mock.calls.some((call) => call.includes('/uploads')));
    noComplaints(page);
  });

  it('keeps no picture on the device once it has arrived', LIMIT, async () => {
    stage.mock.add('clean', { ...passport });
    const page = await stage.open('/session/clean');
    await giveFile(page, await drawnJpeg(page, 300));
    await button(page, 'Use this photo').click();
    await titled(page, 'You are verified');
    await page.waitForTimeout(300);
    const left = await page.evaluate(() => new Promise((resolve) => {
      indexedDB.open('bonafide-flow').onsuccess = ({ target }) => {
        target.result.transaction('pictures').objectStore('pictures').count().onsuccess = (event) => resolve(event.target.result);
      };
    }));
    assert.equal(left, 0);
    noComplaints(page);
  });

  it('does not send a picture again when only the last answer was lost', LIMIT, async () => {
    const session = stage.mock.add('lost-answer', { ...passport, checkMs: 3000 });
    const page = await stage.open('/session/lost-answer');
    stage.mock.faults.loseCompletion = true;
    const file = await drawnJpeg(page, 600);
    await giveFile(page, file);
    await button(page, 'Use this photo').click();
    await titled(page, 'Checking your document…');
    await titled(page, 'You are verified');
    eachByteOnce(session, file);
    noComplaints(page);
  });

  for (const [code, status, when] of [
    ['busy', 409, /^PUT/], ['busy', 409, /complete$/], ['upload_not_found', 404, /^PUT/], ['checksum_mismatch', 400, /complete$/],
  ]) {
    it(`gets over one "${code}" at ${when.source}`, LIMIT, async () => {
      const token = `refused-${code}-${when.source.length}`;
      const session = stage.mock.add(token, { ...passport });
      const page = await stage.open(`/session/${token}`);
      stage.mock.faults.refusals = [{ when, status, code }];
      const file = await drawnJpeg(page, 600);
      await giveFile(page, file);
      await button(page, 'Use this photo').click();
      await titled(page, 'You are verified', 15_000);
      assert.ok(session.received.get('front').equals(file.buffer));
      assert.equal(stage.mock.faults.refusals.length, 0);
      noComplaints(page);
    });
  }

  it('says in plain words why a picture was refused for good', LIMIT, async () => {
    stage.mock.add('refused', { ...passport });
    const page = await stage.open('/session/refused');
    stage.mock.faults.refusals = [1, 2].map(() => ({ when: /complete$/, status: 400, code: 'checksum_mismatch' }));
    await giveFile(page, await drawnJpeg(page, 300));
    await button(page, 'Use this photo').click();
    await sees(page, 'The picture was damaged on its way.');
    stage.mock.faults.refusals = [{ when: /uploads$/, status: 404, code: 'session_not_found' }];
    await giveFile(page, await drawnJpeg(page, 300));
    await button(page, 'Use this photo').click();
    await titled(page, 'This link does not work');
    noComplaints(page);
  });

  it('says when it is offline outside of an upload, and recovers', LIMIT, async () => {
    stage.mock.add('offline');
    const page = await stage.open('/session/offline');
    await titled(page, 'Verify your identity');
    stage.mock.faults.offline = true;
    await button(page, 'Agree and continue').click();
    await sees(page, 'No connection. Trying again…');
    stage.mock.faults.offline = false;
    await titled(page, 'Choose your document');
    noComplaints(page);
  });

  it('offers another try when the server keeps failing', LIMIT, async () => {
    stage.mock.add('down');
    const page = await stage.open('/session/down');
    await titled(page, 'Verify your identity');
    stage.mock.faults.status = 503;
    await button(page, 'Agree and continue').click();
    await titled(page, 'Something went wrong on our side', 40_000);
    stage.mock.faults.status = null;
    await button(page, 'Try again').click();
    await titled(page, 'Verify your identity');
    noComplaints(page);
  });

  it('asks the server again when a checking page is reloaded', LIMIT, async () => {
    const session = stage.mock.add('checking', { ...passport, state: 'checking' });
    const page = await stage.open('/session/checking');
    await titled(page, 'Checking your document…');
    await page.reload();
    await titled(page, 'Checking your document…');
    Object.assign(session, { status: 'Declined', result: { status: 'Declined', warnings: [] } });
    await titled(page, 'We could not verify your identity');
    noComplaints(page);
  });
});
