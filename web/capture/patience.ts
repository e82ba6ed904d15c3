// Waiting between tries: growing pauses, cut short when the network comes back.

/** Milliseconds before try number `tries` (0 is the first repeat): 0.5 s doubling to 8 s. */
export function pauseBefore(tries: number): number {
  return Math.min(500 * 2 ** tries, 8000);
}

/** Milliseconds before the n-th poll of a running check: 1 s at first, 3 s in the end. */
export function pollPause(polls: number): number {
  if (polls < 10) return 1000;
  return Math.min(1000 + (polls - 9) * 250, 3000);
}

/** Resolves after `milliseconds`, or at once when the browser says it is online again. */
export function rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', wake);
      signal?.removeEventListener('abort', stop);
    };
    const wake = () => {
      end();
      resolve();
    };
    const stop = () => {
      end();
      reject(signal?.reason);
    };
    const timer = setTimeout(wake, milliseconds);
    addEventListener('online', wake);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
  });
}
