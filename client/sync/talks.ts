import type { Talks } from './ports.ts';

const NAME = 'homeground-talk';

/** What has been typed or chosen and not saved, by its door. */
const open = new Map<string, Set<string>>();
const listeners = new Set<() => void>();
let release: (() => void) | null = null;

const locks = (): LockManager | null => ('locks' in navigator ? navigator.locks : null);

/** Other tabs see a lock, which goes by itself when this one dies. */
function tell(): void {
  if (open.size > 0 && release === null) {
    const closed = new Promise<void>((resolve) => {
      release = resolve;
    });
    locks()
      ?.request(NAME, { mode: 'shared' }, () => closed)
      .catch(() => {});
  } else if (open.size === 0) {
    release?.();
    release = null;
  }
  for (const listener of listeners) listener();
}

/** Something was typed or chosen in this part of what is said at a door. */
export function openTalk(doorId: string, part: string): void {
  const parts = open.get(doorId) ?? new Set();
  if (parts.has(part)) return;
  open.set(doorId, parts.add(part));
  tell();
}

/** It was saved, or given up. */
export function closeTalk(doorId: string, part: string): void {
  const parts = open.get(doorId);
  if (parts?.delete(part) !== true) return;
  if (parts.size === 0) open.delete(doorId);
  tell();
}

/** The volunteer stands at this door, or at none: whatever was open at another is over. */
export function standAt(doorId: string | null): void {
  const left = [...open.keys()].filter((one) => one !== doorId);
  for (const one of left) open.delete(one);
  if (left.length > 0) tell();
}

/** Whether a conversation is open on this page, for useSyncExternalStore. */
export const talkHere = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): boolean => open.size > 0,
};

/** The conversations of this browser. Without Web Locks only those of this page are seen. */
export const talks: Talks = {
  isOpen: async () => {
    if (open.size > 0) return true;
    const known = await locks()?.query();
    const all = [...(known?.held ?? []), ...(known?.pending ?? [])];
    return all.some(({ name, mode }) => name === NAME && mode === 'shared');
  },
  whenClosed: (run) => {
    const manager = locks();
    if (manager === null) {
      const stop = talkHere.subscribe(() => {
        if (open.size > 0) return;
        stop();
        run();
      });
      return stop;
    }
    const ending = new AbortController();
    // Whoever wants the lock alone gets it when the last conversation has let go of it.
    manager
      .request(NAME, { signal: ending.signal }, () => {
        run();
      })
      .catch(() => {});
    return () => ending.abort();
  },
};
