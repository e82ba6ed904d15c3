import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessible, noComplaints, startBrowser, titled } from '../harness.mjs';

const LIMIT = { timeout: 60_000 };

describe('the languages of the hosted page', () => {
  let stage;
  before(async () => (stage = await startBrowser()));
  after(() => stage.close());

  const langOf = (page) => page.evaluate(() => document.documentElement.lang);

  it('takes the language of the address first', LIMIT, async () => {
    const session = stage.mock.add('by-path', { language: 'en' });
    const page = await stage.open('/es/session/by-path');
    await titled(page, 'Verifica tu identidad');
    assert.equal(await langOf(page), 'es');
    assert.equal(await page.title(), 'Verificación de identidad · Northwind Bank');
    assert.equal(session.opened.language, 'es');
    await accessible(page, 'Spanish');
    noComplaints(page);
  });

  it('takes the language of the session before that of the browser', LIMIT, async () => {
    stage.mock.add('by-session', { language: 'es' });
    const page = await stage.open('/session/by-session');
    await titled(page, 'Verifica tu identidad');
    noComplaints(page);
  });

  it('takes the language of the browser, and English when it has none of them', LIMIT, async () => {
    stage.mock.add('by-browser');
    await titled(await stage.open('/session/by-browser', { locale: 'es-MX' }), 'Verifica tu identidad');
    await titled(await stage.open('/session/by-browser', { locale: 'fi-FI' }), 'Verify your identity');
  });

  it('switches on the spot and keeps the choice over a reload', LIMIT, async () => {
    stage.mock.add('switch', { status: 'In Progress', consent_given: true });
    const page = await stage.open('/session/switch');
    await titled(page, 'Choose your document');
    await page.getByLabel('Language').selectOption('es');
    await titled(page, 'Elige tu documento');
    assert.equal(new URL(page.url()).pathname, '/es/session/switch');
    await page.locator('#country').click();
    await page.getByRole('combobox', { name: 'Busca un país' }).fill('espana');
    await page.getByRole('option', { name: 'España' }).waitFor();
    await page.reload();
    await titled(page, 'Elige tu documento');
    noComplaints(page);
  });

  it('suggests the country of the browser first', LIMIT, async () => {
    stage.mock.add('suggest', { status: 'In Progress', consent_given: true });
    const page = await stage.open('/session/suggest', { locale: 'en-GB' });
    await titled(page, 'Choose your document');
    await page.locator('#country').click();
    assert.match(await page.getByRole('listbox').getByRole('option').first().textContent(), /United Kingdom\s*Suggested/);
    noComplaints(page);
  });

  it('offers only the countries and documents allowed', LIMIT, async () => {
    stage.mock.add('narrow', { status: 'In Progress', consent_given: true, countries: ['ESP', 'DEU'], document_types: ['P'] });
    const page = await stage.open('/session/narrow');
    await titled(page, 'Choose your document');
    assert.ok(await page.getByRole('radio', { name: 'Passport' }).isChecked());
    await page.locator('#country').click();
    assert.deepEqual(await page.getByRole('listbox').getByRole('option').allTextContents().then((all) => all.map((text) => text.trim())), ['Germany', 'Spain']);
    noComplaints(page);
  });

  it('lays out from right to left without overflowing', LIMIT, async () => {
    stage.mock.add('rtl', { status: 'In Progress', consent_given: true });
    const page = await stage.open('/session/rtl');
    await titled(page, 'Choose your document');
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    const box = await page.locator('.monogram').boundingBox();
    assert.ok(box.x > 300, 'the header is mirrored');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    noComplaints(page);
  });
});
