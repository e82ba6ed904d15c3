import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { moduleLoader } from './load.mjs';

describe('flow', () => {
  let loader;
  let countries;
  let events;
  before(async () => {
    loader = await moduleLoader();
    countries = await loader.load('flow/countries.ts');
    events = await loader.load('flow/events.ts');
  });
  after(() => loader.close());

  it('names every country in the language asked for, sorted', () => {
    const all = countries.countriesIn('es', null);
    assert.equal(all.length, 250);
    assert.ok(all.every(({ code, name }) => code.length === 3 && name !== code), 'no country without a name');
    assert.equal(all.find(({ code }) => code === 'DEU').name, 'Alemania');
    assert.deepEqual(countries.countriesIn('en', ['ESP', 'DEU', 'QQQ']).map(({ code }) => code), ['DEU', 'QQQ', 'ESP']);
  });

  it('finds countries without accents, beginnings first', () => {
    const names = (typed) => countries.search(countries.countriesIn('es', null), typed).map(({ code }) => code);
    assert.equal(names('espana')[0], 'ESP');
    assert.equal(names('unidos')[0], 'ARE');
    assert.ok(names('deu').includes('DEU'), 'by code');
    assert.deepEqual(names('zzz'), []);
    assert.equal(names('').length, 250);
  });

  it('takes the region out of the browser languages', () => {
    assert.equal(countries.regionOf(['es', 'es-MX']), 'MEX');
    assert.equal(countries.regionOf(['zh-Hant-TW']), 'TWN');
    assert.equal(countries.regionOf(['en']), null);
  });

  it('reports the way through the document step to the embedding page', () => {
    const step = { node_id: 'a', feature: 'OCR', document_type: 'P', country: 'ESP', sides: ['front'], uploaded: [] };
    const view = (over) => ({ status: 'In Progress', consent_given: true, result: null, step: { ...step, ...over } });
    const types = (from, to) => events.transitions(from, to).map(({ type }) => type);
    assert.deepEqual(types(null, view({ state: 'choose' })), ['step_started']);
    assert.deepEqual(types(view({ state: 'choose' }), view({ state: 'capture' })), ['step_completed', 'step_started', 'step_changed']);
    assert.deepEqual(types(view({ state: 'capture' }), view({ state: 'checking' })), ['step_completed', 'verification_submitted']);
    const approved = { ...view({}), status: 'Approved', step: null, result: { status: 'Approved', warnings: [] } };
    assert.deepEqual(types(view({ state: 'checking' }), approved), ['status_updated', 'completed']);
    assert.deepEqual(types(approved, approved), []);
    assert.deepEqual(types(null, { ...approved, status: 'Expired' }), ['error']);
  });
});

describe('dialling', () => {
  let loader;
  let dialling;
  before(async () => {
    loader = await moduleLoader();
    dialling = await loader.load('flow/dialling.ts');
  });
  after(() => loader.close());

  it('puts a number together as the country dials it', () => {
    assert.equal(dialling.international('ES', '699 99 99 99'), '+34699999999');
    assert.equal(dialling.international('GB', '07700 900123'), '+447700900123');
    assert.equal(dialling.international('IT', '06 698 12345'), '+390669812345');
    assert.equal(dialling.international('ES', '+44 7700 900123'), '+447700900123');
    assert.equal(dialling.international('ES', '0044 7700 900123'), '+447700900123');
    assert.ok(dialling.dialled.length > 240, String(dialling.dialled.length));
  });

  it('takes a number apart again', () => {
    assert.deepEqual(dialling.apart('+14155552671', null), { country: 'US', national: '4155552671' });
    assert.deepEqual(dialling.apart('+14165552671', 'CA'), { country: 'CA', national: '4165552671' });
    assert.deepEqual(dialling.apart('nonsense', null), { country: null, national: 'nonsense' });
  });
});
