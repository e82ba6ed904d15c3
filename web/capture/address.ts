// Where the page was opened: `/session/{token}` or `/{lang}/session/{token}`.

export interface Address {
  token: string;
  /** The language segment as written, or null. */
  language: string | null;
}

const PATH = /^\/(?:([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\/)?session\/([A-Za-z0-9_-]+)\/?$/;

/** Reads token and language out of a path; null when it is not a session's address. */
export function addressOf(path: string): Address | null {
  const found = PATH.exec(path);
  if (!found?.[2]) return null;
  return { token: found[2], language: found[1] ?? null };
}

/** The path of the same session in another language. */
export function pathIn(language: string, token: string): string {
  return `/${language}/session/${token}`;
}

/**
 * The language to speak: the first of `wishes` (full tag, then its base) that we have, else
 * English. `wishes` come in the order path, session, browser.
 */
export function pickLanguage(wishes: readonly (string | null)[], available: readonly string[]): string {
  for (const wish of wishes) {
    if (!wish) continue;
    const tag = wish.toLowerCase();
    const exact = available.find((have) => have.toLowerCase() === tag);
    if (exact) return exact;
    const base = available.find((have) => have.toLowerCase() === tag.split('-')[0]);
    if (base) return base;
  }
  return 'en';
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** Writing direction of a language tag. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** True for an address that a browser may be sent to: web links and app links, never script. */
export function isSafeRedirect(url: string): boolean {
  try {
    const { protocol } = new URL(url);
    return !['javascript:', 'data:', 'blob:', 'file:', 'vbscript:', 'about:'].includes(protocol);
  } catch {
    return false;
  }
}
