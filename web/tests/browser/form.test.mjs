// A person answers a questionnaire: by keyboard, with files, with mistakes on the way, in their language.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessible, button, drawnJpeg, noComplaints, sees, startBrowser, titled } from '../harness.mjs';

const LIMIT = { timeout: 60_000 };
const both = (en, es) => ({ en, es });
const option = (value, en, es, text = false) => ({ value, label: both(en, es), requires_text_input: text });
const question = (id, kind, en, es, more = {}) => ({ id, kind, title: both(en, es), is_required: false, ...more });

const SOURCES = [option('salary', 'Salary', 'Salario'), option('other', 'Other', 'Otro', true)];
const form = {
  languages: ['en', 'es'],
  default_language: 'en',
  elements: [
    question('intro', 'SECTION_HEADER', 'About you', 'Sobre usted', { description: both('It takes a minute.', 'Es un minuto.') }),
    question('job', 'SHORT_TEXT', 'Occupation', 'Profesión', { is_required: true, placeholder: both('Nurse', 'Enfermera') }),
    question('story', 'LONG_TEXT', 'Tell us more', 'Cuéntenos más'),
    question('source', 'SINGLE_CHOICE', 'Main source of funds', 'Origen de los fondos', { is_required: true, choices: SOURCES }),
    question('uses', 'MULTIPLE_CHOICE', 'Used for', 'Uso', { choices: [option('pay', 'Payments', 'Pagos'), option('save', 'Savings', 'Ahorro')] }),
    question('line', 'SEPARATOR', '', ''),
    question('size', 'DROPDOWN', 'Company size', 'Tamaño', { choices: [option('small', 'Small', 'Pequeña'), option('big', 'Big', 'Grande')] }),
    question('income', 'NUMBER', 'Yearly income', 'Ingresos anuales'),
    question('mail', 'EMAIL', 'Work e-mail', 'Correo del trabajo'),
    question('phone', 'PHONE', 'Work phone', 'Teléfono del trabajo'),
    question('born', 'DATE_PICKER', 'Since when', 'Desde cuándo'),
    question('at', 'TIME', 'Best time to call', 'Mejor hora'),
    question('where', 'COUNTRY', 'Country of work', 'País de trabajo'),
    question('jobs', 'REPEATABLE_GROUP', 'Earlier jobs', 'Empleos anteriores', {
      group: { min_items: 0, max_items: 2, elements: [question('employer', 'SHORT_TEXT', 'Employer', 'Empresa', { is_required: true })] },
    }),
    question('proof', 'FILE_UPLOAD', 'Proof of income', 'Justificante', { max_files: 2 }),
    question('agree', 'CONSENT', 'I have told the truth', 'He dicho la verdad', { is_required: true }),
  ],
};
const began = { status: 'In Progress', consent_given: true, form };

describe('the questionnaire step', () => {
  let stage;
  before(async () => (stage = await startBrowser()));
  after(() => stage.close());

  it('asks for every kind of answer and sends them', LIMIT, async () => {
    const session = stage.mock.add('form-all', { form });
    const page = await stage.open('/session/form-all');
    await button(page, 'Agree and continue').click();
    await titled(page, 'A few questions');
    await accessible(page, 'the empty form');
    await page.getByLabel('Occupation').fill('Nurse');
    await page.getByLabel('Tell us more').fill('Two lines\nof it');
    await page.getByLabel('Other', { exact: true }).check();
    await page.getByLabel('Please say which').fill('A prize');
    await page.getByLabel('Payments').check();
    await page.getByLabel('Savings').check();
    await page.getByLabel('Payments').uncheck();
    await page.getByLabel('Company size').selectOption('Big');
    await page.getByLabel('Yearly income').fill('42000');
    await page.getByLabel('Work e-mail').fill('a@b.example');
    await page.getByLabel('Work phone').fill('+34 600 100 200');
    await page.getByLabel('Since when').fill('2020-02-29');
    await page.getByLabel('Best time to call').fill('09:30');
    await page.getByLabel('Country of work').selectOption('Spain');
    await button(page, 'Add another').click();
    await page.getByLabel('Employer').fill('Acme');
    await page.getByLabel('I have told the truth').check();
    await page.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') });
    await sees(page, 'File 1');
    await page.locator('input[type=file]').setInputFiles(await drawnJpeg(page, 200));
    await sees(page, 'File 2');
    assert.equal(await page.locator('input[type=file]').count(), 0, 'no more than two');
    await button(page, 'Remove File 1').click();
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
    assert.deepEqual(session.uploaded, ['proof.2']);
    await accessible(page, 'the filled form');
    await button(page, 'Continue').click();
    await titled(page, 'You are verified');
    assert.deepEqual(session.answers, {
      job: { value: 'Nurse' }, story: { value: 'Two lines\nof it' }, source: { value: 'other', text: 'A prize' },
      uses: { value: ['save'] }, size: { value: 'big' }, income: { value: '42000' }, mail: { value: 'a@b.example' },
      phone: { value: '+34 600 100 200' }, born: { value: '2020-02-29' }, at: { value: '09:30' }, where: { value: 'ESP' },
      jobs: { entries: [{ employer: { value: 'Acme' } }] }, agree: { value: true },
    });
    noComplaints(page);
  });

  it('leads to the first mistake and says it in the person’s language', LIMIT, async () => {
    const required = ['This field is required.'];
    stage.mock.add('form-wrong', { ...began, wrong: [{ source: required, agree: required }] });
    const page = await stage.open('/es/session/form-wrong');
    await titled(page, 'Unas preguntas');
    await page.getByLabel('Profesión').fill('Enfermera');
    await button(page, 'Continuar').click();
    await sees(page, 'Faltan respuestas');
    assert.equal(await page.getByText('Responda a esta pregunta.').count(), 2);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q-source');
    await accessible(page, 'the form with mistakes');
    await page.reload();
    await titled(page, 'Unas preguntas');
    assert.equal(await page.getByLabel('Profesión').inputValue(), 'Enfermera', 'a reload loses nothing');
    noComplaints(page);
  });

  it('works with the keyboard alone', LIMIT, async () => {
    const [, job, , source] = form.elements;
    const agree = form.elements.at(-1);
    const session = stage.mock.add('form-keys', { ...began, form: { ...form, elements: [job, source, agree] } });
    const page = await stage.open('/session/form-keys');
    await titled(page, 'A few questions');
    await page.getByLabel('Occupation').focus();
    await page.keyboard.type('Cook');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await titled(page, 'You are verified');
    assert.deepEqual(session.answers, { job: { value: 'Cook' }, source: { value: 'salary' }, agree: { value: true } });
    noComplaints(page);
  });
});
