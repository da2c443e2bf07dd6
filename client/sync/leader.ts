const LOCK = 'homeground-sync';

/**
 * Runs `lead` in one tab of this browser at a time; the next tab takes over when that one closes.
 * Without Web Locks every tab leads, which is safe (each push is idempotent), only wasteful.
 * Gives back how to step down.
 */
export function seekLeadership(lead: () => () => void): () => void {
  if (!('locks' in navigator)) return lead();
  const ending = new AbortController();
  const term = new Promise<void>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve());
  });
  navigator.locks
    .request(LOCK, { signal: ending.signal }, async () => {
      const stop = lead();
      await term;
      stop();
    })
    // Stepping down while still waiting for the lock rejects the request: nothing was begun.
    .catch(() => {});
  return () => ending.abort();
}
