// Keeps a picture on the device until it has arrived, so that a reload or a killed tab loses
// nothing. Private windows and third-party frames may refuse the database: then it is forgotten.
import type { Side } from './wire';

export interface Kept {
  /** Session token, step and side: one picture each. */
  key: string;
  token: string;
  nodeId: string;
  part: Side;
  picture: Blob;
  /** False while the person still looks at it. */
  confirmed: boolean;
  fromCamera: boolean;
  /** Attempts left when it was taken: a picture of an earlier attempt is of no use. */
  attemptsLeft: number;
  /** Milliseconds since 1970. */
  at: number;
}

const STORE = 'pictures';
const LONGEST_MS = 24 * 3600 * 1000;

export function keyOf(token: string, nodeId: string, part: Side): string {
  return `${token}/${nodeId}/${part}`;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('bonafide-flow', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

/** Runs one request in one transaction; `fallback` when there is no database. */
async function within<T>(
  mode: IDBTransactionMode, fallback: T, work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  let database: IDBDatabase | null = null;
  try {
    database = await open();
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    return request.result;
  } catch {
    return fallback;
  } finally {
    database?.close();
  }
}

export async function keep(kept: Kept): Promise<void> {
  await within<IDBValidKey>('readwrite', kept.key, (store) => store.put(kept));
}

/** All pictures kept for a session. */
export async function keptFor(token: string): Promise<Kept[]> {
  const all = await within<Kept[]>('readonly', [], (store) => store.getAll());
  return all.filter((kept) => kept.token === token);
}

export async function forget(key: string): Promise<void> {
  await within<undefined>('readwrite', undefined, (store) => store.delete(key));
}

/** Removes what a session left behind, and anything older than a day. */
export async function tidy(token: string | null, now: number): Promise<void> {
  const all = await within<Kept[]>('readonly', [], (store) => store.getAll());
  for (const kept of all) {
    if (kept.token === token || now - kept.at > LONGEST_MS) await forget(kept.key);
  }
}
