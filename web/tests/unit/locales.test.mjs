// Every language has every text, with the same placeholders and the plural forms it needs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const FOLDER = new URL('../../../locales/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const english = flatten(read('en.json'));

/** Dotted key to text; a plural group (it has `other`) stays together as an object. */
function flatten(tree, path = '') {
  return Object.entries(tree).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    const plural = typeof value === 'object' && typeof value.other === 'string';
    return typeof value === 'string' || plural ? [[at, value]] : flatten(value, at);
  });
}

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const formsOf = (value) => (typeof value === 'string' ? [value] : Object.values(value));

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
  describe(`locales/${file}`, () => {
    const tag = file.replace('.json', '');
    const texts = flatten(read(file));

    it('has the keys of English in the same order', () => {
      assert.deepEqual(texts.map(([key]) => key), english.map(([key]) => key));
    });

    it('has the placeholders of English in every form', () => {
      const wanted = new Map(english.map(([key, value]) => [key, placeholders(formsOf(value).at(-1))]));
      for (const [key, value] of texts) {
        for (const form of formsOf(value)) assert.deepEqual(placeholders(form), wanted.get(key), key);
      }
    });

    it('has every plural form its language uses', () => {
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      for (const [key, value] of texts) {
        if (typeof value === 'object') assert.deepEqual(Object.keys(value).sort(), [...pluralCategories].sort(), key);
      }
    });

    it('leaves no text empty', () => {
      for (const [key, value] of texts) for (const form of formsOf(value)) assert.ok(form.trim(), key);
    });
  });
}
