// A person proves an e-mail address or a phone number: typed, named by the integrator, with wrong codes on the way.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessible, button, noComplaints, sees, startBrowser, titled } from '../harness.mjs';

const LIMIT = { timeout: 60_000 };
const began = { status: 'In Progress', consent_given: true };

describe('contact steps', () => {
  let stage;
  before(async () => (stage = await startBrowser()));
  after(() => stage.close());

  it('proves an address by keyboard alone, and tells the embedding page', LIMIT, async () => {
    const session = stage.mock.add('mail', { contact: { kind: 'email' } });
    const page = await stage.open(`/frame?src=${encodeURIComponent('/session/mail')}`);
    const inside = page.frameLocator('iframe');
    await inside.getByRole('button', { name: 'Agree and continue' }).click();
    await inside.getByRole('heading', { name: 'Confirm your email address' }).waitFor();
    const field = inside.getByLabel('Email address');
    await field.fill('not an address');
    await field.press('Enter');
    await inside.getByText('Please enter a complete email address.').waitFor();
    await field.fill('alice@example.com');
    await field.press('Enter');
    await inside.getByRole('heading', { name: 'Enter the code' }).waitFor();
    assert.deepEqual(session.asked, ['alice@example.com']);
    const code = inside.getByLabel('Code', { exact: true });
    assert.equal(await code.getAttribute('autocomplete'), 'one-time-code');
    await code.fill('482 913');
    await inside.getByRole('heading', { name: 'You are verified' }).waitFor();
    const got = await page.evaluate(() => globalThis.got);
    const sent = got.find(({ type }) => type === 'didit:code_sent');
    assert.deepEqual([sent.data.step, sent.data.channel, sent.data.codeSize, sent.data.retriesLeft], ['email', 'email', 6, 2]);
    const types = got.map(({ type }) => type);
    assert.ok(types.indexOf('didit:code_verified') > types.indexOf('didit:code_sent'), types.join());
    assert.ok(!JSON.stringify(got).includes('alice'), 'nothing personal leaves');
    noComplaints(page);
  });

  it('puts a number together from country and digits', LIMIT, async () => {
    const session = stage.mock.add('phone', { ...began, contact: { kind: 'phone', countries: ['ES', 'GB', 'IT'] } });
    const page = await stage.open('/session/phone', { locale: 'en-GB' });
    await titled(page, 'Confirm your phone number');
    await accessible(page, 'phone number');
    assert.match(await page.locator('#country').innerText(), /United Kingdom \(\+44\)/);
    await page.locator('#country').click();
    assert.equal(await page.locator('#countries').getByRole('option').count(), 3);
    await page.getByRole('option', { name: 'Spain' }).click();
    await page.getByLabel('Phone number').fill('699 99 99 99');
    await button(page, 'Send the code').click();
    await titled(page, 'Enter the code');
    assert.deepEqual(session.asked, ['+34699999999']);
    await sees(page, '+34699999999');
    await button(page, 'Use another number').click();
    await titled(page, 'Confirm your phone number');
    await button(page, 'Back').click();
    await titled(page, 'Enter the code');
    noComplaints(page);
  });

  it('says what is wrong in plain words, in the dark too', LIMIT, async () => {
    stage.mock.add('wrong', { ...began, contact: { kind: 'email', value: 'bob@example.com', fixed: true }, pause: 1 });
    const page = await stage.open('/session/wrong', { colorScheme: 'dark' });
    await sees(page, 'bob@example.com');
    await accessible(page, 'named address, dark');
    await button(page, 'Send the code').click();
    await titled(page, 'Enter the code');
    await accessible(page, 'code, dark');
    assert.equal(await button(page, 'Use another address').count(), 0, 'the integrator named it');
    await page.getByLabel('Code', { exact: true }).fill('111111');
    await sees(page, 'This is not the code. You have 1 more try.');
    await accessible(page, 'wrong code, dark');
    await button(page, 'Send a new code').click();
    await page.getByLabel('Code', { exact: true }).fill('482913');
    await titled(page, 'You are verified');
    noComplaints(page);
  });

  it('goes on after a reload and ends when the code ran out', LIMIT, async () => {
    const session = stage.mock.add('late', { ...began, contact: { kind: 'email' } });
    session.code = { to: 'carol@example.com', at: Date.now(), lives: 3, pause: 0, sends: 0, checks: 1 };
    const page = await stage.open('/session/late');
    await titled(page, 'Enter the code');
    await page.reload();
    await titled(page, 'Enter the code');
    await sees(page, 'This code is no longer good.');
    await accessible(page, 'expired code');
    await button(page, 'Go on without the code').waitFor();
    noComplaints(page);
  });

  it('lets an address be corrected', LIMIT, async () => {
    const session = stage.mock.add('undeliverable', { ...began, contact: { kind: 'email' }, refuseContact: ['undeliverable'] });
    const page = await stage.open('/session/undeliverable');
    await page.getByLabel('Email address').fill('nobody@example.com');
    await button(page, 'Send the code').click();
    await sees(page, 'No message can be delivered there.');
    await accessible(page, 'undeliverable');
    session.refuseContact = null;
    await page.getByLabel('Email address').fill('dora@example.com');
    await button(page, 'Send the code').click();
    await titled(page, 'Enter the code');
    noComplaints(page);
  });
});
