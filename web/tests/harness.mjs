// What every browser test needs: the mock, a Chromium with a fake camera, and a page that fails
// the test when the console complains (a CSP violation, an exception).
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { writeClip } from './clip.mjs';
import { startMock } from './mock-server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

const FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** `camera`: 'works' shows the clip, 'denied' has one but refuses it, 'absent' has none. */
export async function startBrowser({ camera = 'works', clip = { width: 720, height: 1280 } } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bonafide-web-'));
  const path = join(folder, 'clip.y4m');
  writeClip(path, clip.width, clip.height);
  const fake = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
  const args = [...FLAGS];
  if (camera !== 'absent') args.push(...fake);
  if (camera === 'works') args.push('--use-fake-ui-for-media-stream');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
  const mock = await startMock();
  const contexts = [];
  return {
    mock,
    browser,
    async open(path, options = {}) {
      const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', ...options });
      contexts.push(context);
      return watched(await context.newPage(), mock.origin + path);
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      await mock.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Lines the browser writes about requests that a test breaks on purpose. */
const EXPECTED = /Failed to load resource|net::ERR_/;

export async function watched(page, url) {
  page.complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  if (url) await page.goto(url);
  return page;
}

export function noComplaints(page) {
  assert.deepEqual(page.complaints, []);
}

/** Fails when axe finds anything on the page as it stands. */
export async function accessible(page, what) {
  await page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => undefined))));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`);
  assert.deepEqual(found, [], what);
}

export const title = (page) => page.locator('h1');
export const button = (page, name) => page.getByRole('button', { name, exact: true });

export async function sees(page, text, timeout = 8000) {
  await page.getByText(text, { exact: false }).first().waitFor({ state: 'visible', timeout });
}

export async function titled(page, text, timeout = 10000) {
  await page.getByRole('heading', { level: 1, name: text }).waitFor({ timeout });
}

/** From the consent screen to the instructions of `type`. */
export async function untilInstructions(page, type = 'Passport', country = 'Spain') {
  await button(page, 'Agree and continue').click();
  await titled(page, 'Choose your document');
  await page.locator('#country').click();
  await page.getByRole('combobox', { name: 'Search for a country' }).fill(country);
  await page.getByRole('option', { name: country }).first().click();
  await page.getByRole('radio', { name: type }).check({ force: true });
  await button(page, 'Continue').click();
  await titled(page, /^Photograph/);
}

/** A picture as a file: a real JPEG drawn by the browser, `side` pixels wide, noisy so that it is big. */
export async function drawnJpeg(page, side = 1200) {
  const base64 = await page.evaluate(async (width) => {
    const canvas = new OffscreenCanvas(width, Math.round(width / 1.42));
    const pen = canvas.getContext('2d');
    const data = pen.createImageData(canvas.width, canvas.height);
    let seed = 1;
    for (let i = 0; i < data.data.length; i += 4) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      data.data.set([150 + (seed >> 16) % 90, 150 + (seed >> 18) % 90, 160 + (seed >> 20) % 90, 255], i);
    }
    pen.putImageData(data, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }, side);
  return { name: 'passport.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** Hands `file` to the page through its hidden file input. */
export async function giveFile(page, file) {
  await page.locator('input[type=file]:not([capture])').first().setInputFiles(file);
}
