/** How much of an answer whose length was told is here, in bytes as they are unpacked. */
export interface Arriving {
  readonly received: number;
  readonly total: number;
}

let now: Arriving | null = null;
const listeners = new Set<() => void>();

/** What comes in right now, or came last; null before anything did. For useSyncExternalStore. */
export const arriving = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): Arriving | null => now,
  note: (next: Arriving): void => {
    now = next;
    for (const listener of listeners) listener();
  },
};
