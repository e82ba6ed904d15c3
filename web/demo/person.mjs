// What a person does on the hosted page, in a real Chromium whose camera shows a film of their document.
import { chromium } from 'playwright-core';

/** A browser without a network but this machine; its camera shows `film` (Y4M). */
export function openBrowser(film) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`,
    ],
  });
}

/**
 * Agree, choose a passport of `country`, photograph it, use the photograph. `place` is the page or the frame that shows
 * the flow; `seen` is told what happened and under which name a picture of it may be kept.
 */
export async function showPassport(place, country, seen = async () => {}) {
  const button = (name) => place.getByRole('button', { name, exact: true });
  await button('Agree and continue').waitFor({ timeout: 20_000 });
  await seen('the person reads what happens with their data', '1-consent');
  await button('Agree and continue').click();
  await place.locator('#country').click();
  await place.getByRole('combobox', { name: 'Search for a country' }).fill(country);
  await place.getByRole('option', { name: country }).first().click();
  await place.getByRole('radio', { name: 'Passport' }).check({ force: true });
  await seen(`chooses a passport of ${country}`, '2-document');
  await button('Continue').click();
  await button('Open the camera').click();
  const shutter = button('Take the picture');
  await shutter.waitFor({ timeout: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, 700));
  await seen('the camera shows the passport', '3-camera');
  await shutter.click();
  await button('Use this photo').waitFor({ timeout: 20_000 });
  await seen('looks at the photograph', '4-preview');
  await button('Use this photo').click();
}
