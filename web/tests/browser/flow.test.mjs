// A person goes through the page: by camera, by file, with failures on the way, by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { button, drawnJpeg, giveFile, noComplaints, sees, startBrowser, titled, untilInstructions } from '../harness.mjs';

const LIMIT = { timeout: 60_000 };
const began = { status: 'In Progress', consent_given: true };
const passport = { ...began, state: 'capture', country: 'ESP', document_type: 'P' };
const card = { ...began, state: 'capture', country: 'ESP', document_type: 'ID' };

/** Width and height out of a JPEG's frame header. */
function jpegSize(bytes) {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if ([0xc0, 0xc1, 0xc2].includes(bytes[at + 1])) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  return null;
}

const photograph = async (page) => {
  await button(page, 'Open the camera').click();
  await page.locator('.frame').waitFor();
  await button(page, 'Take the picture').click();
  await titled(page, 'Is everything readable?');
};

describe('the hosted page', () => {
  let stage;
  before(async () => (stage = await startBrowser()));
  after(() => stage.close());

  it('takes a passport by camera from consent to the callback', LIMIT, async () => {
    const session = stage.mock.add('happy-camera', { callback: `${stage.mock.origin}/done`, redirect_after_seconds: 1 });
    const page = await stage.open('/session/happy-camera');
    await untilInstructions(page);
    assert.equal(session.country, 'ESP');
    await photograph(page);
    await button(page, 'Retake').click();
    await page.locator('.frame').waitFor();
    await button(page, 'Take the picture').click();
    await button(page, 'Use this photo').click();
    await titled(page, 'You are verified');
    await page.waitForURL(/\/done\?/);
    const query = new URL(page.url()).searchParams;
    assert.equal(query.get('verificationSessionId'), session.session_id);
    assert.equal(query.get('status'), 'Approved');
    // The whole frame of the camera, uncropped and not scaled up.
    assert.deepEqual(jpegSize(session.received.get('front')), [720, 1280]);
    noComplaints(page);
  });

  it('takes both sides of a card by file, byte for byte', LIMIT, async () => {
    const session = stage.mock.add('happy-file');
    const page = await stage.open('/session/happy-file');
    await untilInstructions(page, 'Identity card', 'Germany');
    for (const part of ['front', 'back']) {
      const file = await drawnJpeg(page, part === 'front' ? 900 : 700);
      await giveFile(page, file);
      await button(page, 'Use this photo').click();
      if (part === 'front') await titled(page, 'Now turn it over');
      else await titled(page, 'You are verified');
      assert.ok(session.received.get(part).equals(file.buffer), `${part} arrived unchanged`);
    }
    noComplaints(page);
  });

  it('accepts a dropped picture', LIMIT, async () => {
    stage.mock.add('drop', passport);
    const page = await stage.open('/session/drop');
    await titled(page, 'Photograph the photo page');
    const { buffer } = await drawnJpeg(page, 300);
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const carried = new DataTransfer();
      carried.items.add(new File([bytes], 'a.jpg', { type: 'image/jpeg' }));
      for (const type of ['dragover', 'drop']) {
        document.querySelector('main').dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
      }
    }, buffer.toString('base64'));
    await titled(page, 'Is everything readable?');
    noComplaints(page);
  });

  it('takes back a side before the check', LIMIT, async () => {
    const session = stage.mock.add('replace', { ...card, uploaded: ['front'] });
    const page = await stage.open('/session/replace');
    await titled(page, 'Now turn it over');
    await button(page, 'Replace').click();
    await titled(page, 'Photograph the front');
    assert.deepEqual(session.uploaded, []);
    noComplaints(page);
  });

  it('explains a failed attempt and starts the next', LIMIT, async () => {
    const session = stage.mock.add('retry', { ...passport, outcomes: [{ retry: ['MRZ_NOT_DETECTED', 'NO_WORDS_FOR_THIS'] }, 'Approved'] });
    const page = await stage.open('/session/retry');
    await photograph(page);
    await button(page, 'Use this photo').click();
    await titled(page, "Let's try that once more");
    await sees(page, 'The lines with “<<<” could not be found');
    await sees(page, 'The document could not be checked');
    await sees(page, 'You have 2 attempts left.');
    await button(page, 'Take a new picture').click();
    await photograph(page);
    await button(page, 'Use this photo').click();
    await titled(page, 'You are verified');
    assert.equal(session.attempts_left, 2);
    noComplaints(page);
  });

  it('puts aside the sides of the document that is given up', LIMIT, async () => {
    const session = stage.mock.add('give-up', { ...card, uploaded: ['front'] });
    const page = await stage.open('/session/give-up');
    await button(page, 'Use another document').click();
    await page.getByRole('radio', { name: 'Passport' }).check({ force: true });
    await button(page, 'Continue').click();
    await titled(page, 'Photograph the photo page');
    assert.ok(stage.mock.calls.includes('DELETE /steps/id_verification_1/uploads/front'));
    assert.equal(session.document_type, 'P');
    noComplaints(page);
  });

  it('lets the person change to another document', LIMIT, async () => {
    const session = stage.mock.add('rechoose', passport);
    const page = await stage.open('/session/rechoose');
    await button(page, 'Use another document').click();
    await titled(page, 'Choose your document');
    await page.getByRole('radio', { name: 'Identity card' }).check({ force: true });
    await button(page, 'Continue').click();
    await titled(page, 'Photograph the front');
    assert.equal(session.document_type, 'ID');
    session.refuseDocument = true;
    await button(page, 'Use another document').click();
    await button(page, 'Continue').click();
    await sees(page, 'This document cannot be used here.');
    noComplaints(page);
  });

  it('says that a step waits for a person', LIMIT, async () => {
    const session = stage.mock.add('unavailable', { ...passport, outcomes: ['unavailable'] });
    const page = await stage.open('/session/unavailable');
    await giveFile(page, await drawnJpeg(page, 300));
    await button(page, 'Use this photo').click();
    await titled(page, 'A person takes over here');
    Object.assign(session, { status: 'In Review', result: { status: 'In Review', warnings: [] } });
    await titled(page, 'Your verification is being reviewed');
    noComplaints(page);
  });

  it('stays when the person asks it to, and does not leave twice', LIMIT, async () => {
    stage.mock.add('stay', {
      ...began, status: 'Approved', result: { status: 'Approved', warnings: [] },
      callback: `${stage.mock.origin}/done`, redirect_after_seconds: 2,
    });
    const page = await stage.open('/session/stay');
    await button(page, 'Stay on this page').click();
    await page.waitForTimeout(2500);
    await titled(page, 'You are verified');
    await button(page, 'Continue to Northwind Bank').click();
    await page.waitForURL(/\/done\?/);
    await page.goto(`${stage.mock.origin}/session/stay`);
    await titled(page, 'You are verified');
    assert.equal(await button(page, 'Stay on this page').count(), 0);
    noComplaints(page);
  });

  it('never follows a callback that is a script', LIMIT, async () => {
    stage.mock.add('script', {
      ...began, status: 'Approved', result: { status: 'Approved', warnings: [] }, callback: 'javascript:alert(1)//',
    });
    const page = await stage.open('/session/script');
    await titled(page, 'You are verified');
    assert.equal(await button(page, 'Continue to Northwind Bank').count(), 0);
    noComplaints(page);
  });

  it('can be done with the keyboard alone', LIMIT, async () => {
    const session = stage.mock.add('keyboard', { ...began });
    const page = await stage.open('/session/keyboard');
    const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
    const tabTo = async (what) => {
      for (let presses = 0; presses < 20; presses += 1) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(() => {
          const at = document.activeElement;
          return `${at.id} ${at.getAttribute('aria-label') ?? ''} ${at.value ?? ''} ${at.textContent}`;
        });
        if (name.includes(what)) return;
      }
      assert.fail(`no way to ${what} by Tab`);
    };
    await titled(page, 'Choose your document');
    await tabTo('country');
    await press('Enter');
    await page.keyboard.type('austr');
    await page.getByRole('option', { name: 'Austria' }).waitFor();
    await press('ArrowDown', 'Enter');
    await tabTo('P');
    await press('Space');
    await tabTo('Continue');
    await press('Enter');
    await titled(page, 'Photograph the photo page');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    assert.equal(session.country, 'AUT');
    await tabTo('Open the camera');
    await press('Enter');
    await page.locator('.frame').waitFor();
    await page.waitForFunction(() => document.activeElement.className.includes('shutter'));
    await press('Escape');
    await titled(page, 'Photograph the photo page');
    await tabTo('Open the camera');
    await press('Enter');
    await page.waitForFunction(() => document.activeElement.className.includes('shutter'));
    await press('Space');
    await titled(page, 'Is everything readable?');
    await tabTo('Use this photo');
    await press('Enter');
    await titled(page, 'You are verified');
    noComplaints(page);
  });
});
