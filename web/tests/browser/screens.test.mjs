// Walks through every screen at phone and desktop size, light and dark: no accessibility
// violations, nothing wider than the window, no complaint in the console. With SCREENS=<folder> it
// also leaves a picture of each.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { accessible, button, DESKTOP, drawnJpeg, giveFile, noComplaints, PHONE, sees, startBrowser, titled } from '../harness.mjs';

const FOLDER = process.env.SCREENS;
if (FOLDER) mkdirSync(FOLDER, { recursive: true });

const began = { status: 'In Progress', consent_given: true };
const passport = { ...began, state: 'capture', country: 'ESP', document_type: 'P' };
const card = { ...began, state: 'capture', country: 'ESP', document_type: 'ID' };
const ended = (status, warnings = []) => ({
  ...began, status, result: { status, warnings: warnings.map((risk) => ({ risk, short_description: risk })) },
});

const toCamera = async (page) => {
  await button(page, 'Open the camera').click();
  await page.locator('.frame').waitFor();
  await page.waitForTimeout(400);
};

/** Name, how the session stands, what to wait for (a title), what to do then. */
const SCREENS = [
  ['consent', {}, 'Verify your identity'],
  ['consent-sandbox', { environment: 'sandbox' }, 'Verify your identity'],
  ['choose', began, 'Choose your document'],
  ['choose-country', began, 'Choose your document', async (page) => {
    await page.locator('#country').click();
    await page.getByRole('combobox', { name: 'Search for a country' }).fill('uni');
  }],
  ['choose-incomplete', { ...began, document_types: ['P', 'ID', 'DL', 'RP'] }, 'Choose your document', async (page) => {
    await button(page, 'Continue').click();
    await page.getByRole('alert').waitFor();
  }],
  ['instructions-passport', passport, 'Photograph the photo page'],
  ['instructions-front', card, 'Photograph the front'],
  ['instructions-back', { ...card, uploaded: ['front'] }, 'Now turn it over'],
  ['instructions-bad-file', passport, 'Photograph the photo page', async (page) => {
    await giveFile(page, { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear all') });
    await page.getByRole('alert').waitFor();
  }],
  ['camera', passport, 'Photograph the photo page', toCamera],
  ['camera-card', card, 'Photograph the front', toCamera],
  ['preview', passport, 'Photograph the photo page', async (page) => {
    await toCamera(page);
    await button(page, 'Take the picture').click();
    await titled(page, 'Is everything readable?');
  }],
  ['sending', passport, 'Photograph the photo page', async (page, mock) => {
    mock.faults.cutAfterPieces = 3;
    await giveFile(page, await drawnJpeg(page));
    await button(page, 'Use this photo').click();
    await sees(page, 'What was sent stays sent');
  }],
  ['checking', { ...passport, state: 'checking' }, 'Checking your document…'],
  ['retry', { ...card, state: 'retry', attempts_left: 2, warnings: [{ risk: 'MRZ_NOT_DETECTED' }, { risk: 'IMAGE_TOO_BLURRY' }] },
    "Let's try that once more"],
  ['unavailable', { ...passport, state: 'unavailable' }, 'A person takes over here'],
  ['result-approved', { ...ended('Approved'), callback: 'https://northwind.example/done', redirect_after_seconds: 60 }, 'You are verified'],
  ['result-declined', ended('Declined', ['DOCUMENT_EXPIRED']), 'We could not verify your identity'],
  ['result-in-review', ended('In Review'), 'Your verification is being reviewed'],
  ['result-resubmitted', ended('Resubmitted'), 'Something is needed again'],
  ['result-awaiting', ended('Awaiting User'), 'Your part is done'],
  ['result-abandoned', { status: 'Abandoned' }, 'This verification has ended'],
  ['result-expired', { status: 'Expired' }, 'This link has expired'],
  ['result-kyc-expired', ended('Kyc Expired'), 'Your verification is no longer valid'],
  ['not-found', null, 'This link does not work'],
];

/** One visit is looked at three times: as a phone, as a phone at night, on a desk. */
const LOOKS = [
  ['phone', async () => undefined],
  ['phone-dark', (page) => page.emulateMedia({ colorScheme: 'dark' })],
  ['desktop', async (page) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESKTOP);
  }],
];

describe('every screen', () => {
  let stage;
  before(async () => (stage = await startBrowser()));
  after(() => stage.close());

  for (const [name, session, heading, act] of SCREENS) {
    it(`${name} is accessible on phones and desktops, by day and by night`, { timeout: 60_000 }, async () => {
      if (session) stage.mock.add(name, session);
      const page = await stage.open(`/session/${session ? name : 'unknown'}`, { viewport: PHONE, deviceScaleFactor: 1.5, hasTouch: true });
      await titled(page, heading);
      await act?.(page, stage.mock);
      for (const [look, change] of LOOKS) {
        await change(page);
        await accessible(page, `${name} ${look}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${look}: ${overflow} px wider than the window`);
        if (FOLDER) await page.screenshot({ path: join(FOLDER, `${look}-${name}.png`) });
      }
      noComplaints(page);
      Object.assign(stage.mock.faults, { offline: false, cutAfterPieces: null });
      await page.context().close();
    });
  }

  it('shows a skeleton while the session opens', async () => {
    stage.mock.add('slow-open');
    stage.mock.faults.slowMs = 1500;
    const page = await stage.open('/session/slow-open');
    await page.locator('.skeleton h1').waitFor({ state: 'attached' });
    await accessible(page, 'loading');
    if (FOLDER) await page.screenshot({ path: join(FOLDER, 'phone-loading.png') });
    stage.mock.faults.slowMs = 0;
    await titled(page, 'Verify your identity');
    noComplaints(page);
  });
});
