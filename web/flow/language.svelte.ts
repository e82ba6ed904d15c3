// The page's words: one lazily loaded JSON file per language, plurals by the browser's own rules.
import { directionOf } from '../capture/address';
import type english from '../../locales/en.json';

type Tree = { [key: string]: string | Tree };
type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string
    ? `${Path}${K}`
    : T[K] extends { other: string } ? `${Path}${K}` | Leaves<T[K], `${Path}${K}.`> : Leaves<T[K], `${Path}${K}.`>;
}[keyof T & string];

/** Dotted path of a text in the locale files. */
export type Key = Leaves<typeof english>;
export type Values = Record<string, string | number>;

const files = import.meta.glob<Tree>('../../locales/*.json', { import: 'default' });
const loaders = new Map(Object.entries(files).map(([path, load]) => [/([^/]+)\.json$/.exec(path)?.[1] ?? '', load]));

/** Language tags that exist as files. */
export const languages: readonly string[] = [...loaders.keys()].sort();

class Language {
  tag = $state('en');
  private words = $state.raw<Tree>({});
  ready = $state(false);

  readonly direction = $derived(directionOf(this.tag));
  private readonly plurals = $derived(new Intl.PluralRules(this.tag));

  /** Loads and switches; keeps the old language when the new one does not arrive. */
  async use(tag: string): Promise<void> {
    const load = loaders.get(tag) ?? loaders.get('en');
    if (!load) return;
    this.words = await load();
    this.tag = tag;
    this.ready = true;
    document.documentElement.lang = tag;
    document.documentElement.dir = this.direction;
  }

  /** The text at `key`, with `{name}` replaced; with a `count`, the plural form that fits. */
  text(key: Key, values: Values = {}): string {
    const found = this.find(key);
    const form = typeof found === 'object' && 'count' in values ? this.form(found, Number(values.count)) : found;
    if (typeof form !== 'string') return key;
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  has(key: string): key is Key {
    return this.find(key) !== undefined;
  }

  private form(forms: Tree, count: number): string | Tree | undefined {
    return forms[this.plurals.select(count)] ?? forms.other;
  }

  private find(key: string): string | Tree | undefined {
    let at: string | Tree | undefined = this.words;
    for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
    return at;
  }
}

export const language = new Language();

/** Short for `language.text`; reactive, because it reads the language's state. */
export function t(key: Key, values?: Values): string {
  return language.text(key, values);
}

/** A language's name in itself, as a switcher shows it. */
export function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
