// A random name for this browser, so that the server can tell the device that opened a session from the one that
// finished it. It says nothing about the device.
const NAME = 'bonafide-device';

let forThisPage: string | null = null;

export function deviceKey(): string {
  forThisPage ??= remembered() ?? fresh();
  return forThisPage;
}

/** Private windows and third-party frames may refuse the store: then the name lasts as long as the page. */
function remembered(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  try {
    localStorage.setItem(NAME, key);
  } catch {
    // See above.
  }
  return key;
}
