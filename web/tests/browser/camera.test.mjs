// Every way in which a camera can fail has its own words and a way out.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessible, button, drawnJpeg, giveFile, noComplaints, startBrowser, titled } from '../harness.mjs';

const LIMIT = { timeout: 60_000 };
const passport = { status: 'In Progress', consent_given: true, state: 'capture', country: 'ESP', document_type: 'P' };

/** Makes the next calls for a camera fail (or never answer) as some device would. */
const failing = (error) => `navigator.mediaDevices.getUserMedia = () => ${
  error ? `Promise.reject(new DOMException('', '${error}'))` : 'new Promise(() => {})'};`;

const CASES = [
  ['NotAllowedError', 'The camera is not allowed'],
  ['NotFoundError', 'No camera was found'],
  ['NotReadableError', 'The camera is busy'],
  ['TypeError', 'The camera could not be started'],
];

describe('camera trouble', () => {
  let stage;
  const stages = [];
  const stageWith = async (options) => {
    const stage = await startBrowser(options);
    stages.push(stage);
    return stage;
  };
  before(async () => (stage = await stageWith({})));
  after(async () => {
    for (const stage of stages) await stage.close();
  });

  async function opened(stage, token, script, over = {}) {
    stage.mock.add(token, { ...passport, ...over });
    const page = await stage.open('/static/flow/none');
    if (script) await page.addInitScript(script);
    await page.goto(`${stage.mock.origin}/session/${token}`);
    await titled(page, 'Photograph the photo page');
    return page;
  }

  it('tells the reasons apart and lets the person upload instead', LIMIT, async () => {
    for (const [error, words] of CASES) {
      const page = await opened(stage, `trouble-${error}`, failing(error));
      await button(page, 'Open the camera').click();
      await titled(page, words);
      await accessible(page, error);
      await giveFile(page, await drawnJpeg(page, 300));
      await button(page, 'Use this photo').click();
      await titled(page, 'You are verified');
      noComplaints(page);
    }
  });

  it('does not spin for ever when nothing answers', LIMIT, async () => {
    const page = await opened(stage, 'silent', failing(null));
    await button(page, 'Open the camera').click();
    await page.getByText('The camera is not answering yet').waitFor({ timeout: 15_000 });
    await accessible(page, 'no answer');
    await button(page, 'Back').click();
    await titled(page, 'Photograph the photo page');
    noComplaints(page);
  });

  it('notices a camera that opens but shows nothing', LIMIT, async () => {
    const empty = 'navigator.mediaDevices.getUserMedia = async () => new MediaStream([new MediaStreamTrackGenerator({ kind: "video" })]);';
    const page = await opened(stage, 'no-picture', empty);
    await button(page, 'Open the camera').click();
    await titled(page, 'The camera shows no picture', 20_000);
    noComplaints(page);
  });

  it('lets go of the camera on the way out', LIMIT, async () => {
    const spy = `const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.tracks = []; window.asked = [];
      navigator.mediaDevices.getUserMedia = async (wish) => { asked.push(wish); const s = await real(wish); tracks.push(...s.getTracks()); return s; };`;
    const page = await opened(stage, 'release', spy);
    await button(page, 'Open the camera').click();
    await page.locator('.frame').waitFor();
    await button(page, 'Take the picture').click();
    await titled(page, 'Is everything readable?');
    assert.deepEqual(await page.evaluate(() => globalThis.tracks.map((track) => track.readyState)), ['ended']);
    assert.equal(await page.evaluate(() => globalThis.asked.some((wish) => wish.audio)), false, 'no microphone');
    noComplaints(page);
  });

  it('names an embedding page that does not pass the camera on', LIMIT, async () => {
    stage.mock.add('framed', passport);
    const page = await stage.open(`/frame?src=/session/framed&allow=`, { viewport: { width: 800, height: 900 } });
    const frame = page.frameLocator('iframe');
    // Same origin gets the camera by default: take it away as another origin would have it.
    await page.evaluate(() => document.querySelector('iframe').setAttribute('allow', "camera 'none'"));
    await page.evaluate(() => { const f = document.querySelector('iframe'); f.src = f.src; });
    await frame.getByRole('button', { name: 'Open the camera' }).click();
    await frame.getByRole('heading', { name: 'The camera is off inside this page' }).waitFor();
    assert.equal(await frame.getByRole('link', { name: 'Open in a new tab' }).count(), 1);
    assert.equal(await frame.getByRole('button', { name: 'Upload a photo' }).count(), 1);
  });

  it('tells the embedding page what happens', LIMIT, async () => {
    const session = stage.mock.add('events', {});
    const page = await stage.open(`/frame?src=/session/events&allow=camera`, { viewport: { width: 800, height: 900 } });
    const frame = page.frameLocator('iframe');
    const press = (name) => frame.getByRole('button', { name, exact: true }).click();
    await press('Agree and continue');
    await frame.locator('#country').click();
    await frame.getByRole('combobox', { name: 'Search for a country' }).fill('Spain');
    await frame.getByRole('option', { name: 'Spain' }).click();
    await frame.getByRole('radio', { name: 'Passport' }).check({ force: true });
    await press('Continue');
    await press('Open the camera');
    await frame.locator('.frame').waitFor();
    await press('Take the picture');
    await press('Use this photo');
    await frame.getByRole('heading', { name: 'You are verified' }).waitFor();
    const got = await page.evaluate(() => globalThis.got);
    assert.ok(got.every(({ data, timestamp }) => data.sessionId === session.session_id && timestamp > 0));
    const order = ['ready', 'started', 'step_started', 'document_selected', 'media_started', 'media_captured',
      'verification_submitted', 'status_updated', 'completed'].map((type) => got.findIndex((m) => m.type === `didit:${type}`));
    assert.ok(order.every((at) => at >= 0), JSON.stringify(got));
    assert.deepEqual(got.at(-1).data, { status: 'Approved', country: 'ESP', documentType: 'P', sessionId: session.session_id });
  });

  it('says so when the machine has no camera', LIMIT, async () => {
    const bare = await stageWith({ camera: 'absent' });
    const page = await opened(bare, 'absent', null);
    await button(page, 'Open the camera').click();
    await titled(page, 'No camera was found');
    noComplaints(page);
  });

  it('says so when the person refuses, and works once they allow it', LIMIT, async () => {
    const strict = await stageWith({ camera: 'denied' });
    const page = await opened(strict, 'denied', null);
    await button(page, 'Open the camera').click();
    await titled(page, 'The camera is not allowed');
    await page.context().grantPermissions(['camera']);
    await button(page, 'Try again').click();
    await page.locator('.frame').waitFor();
    noComplaints(page);
  });

  it('points to another device when only the camera is allowed', LIMIT, async () => {
    const page = await opened(stage, 'camera-only', failing('NotFoundError'), { capture_methods: ['CAMERA_SCAN'] });
    await button(page, 'Open the camera').click();
    await page.getByText('Open this link on a phone or in another browser').waitFor();
    assert.equal(await page.locator('input[type=file]').count(), 0);
    noComplaints(page);
  });

  it("offers the phone's camera app where there is no camera interface", LIMIT, async () => {
    stage.mock.add('native', passport);
    const page = await stage.open('/static/flow/none', { hasTouch: true, isMobile: true });
    await page.addInitScript('Object.defineProperty(navigator, "mediaDevices", { value: undefined });');
    await page.goto(`${stage.mock.origin}/session/native`);
    await button(page, 'Use the camera app').waitFor();
    assert.equal(await page.locator('input[capture=environment][accept="image/*"]').count(), 1);
    noComplaints(page);
  });
});
