import type { Problem } from '#shared/kernel/problem.ts';
import type { LoopState } from './loop.ts';

/** What the header of the walk shows. */
export interface SyncStatus {
  /** Facts that are only on this phone. */
  readonly unsent: number;
  /** Facts that the server holds but could not apply; the chapter looks at them. */
  readonly held: number;
  /** The phone's clock at the last finished push or pull; null before the first. */
  readonly lastSyncedAt: number | null;
  readonly state: 'idle' | 'sending' | 'offline' | 'signed-out';
  /** Why the last try failed, if it did. */
  readonly problem: Problem | null;
}

/** For useSyncExternalStore: `useSyncExternalStore(status.subscribe, status.read)`. */
export interface StatusBoard {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => SyncStatus;
  readonly note: (counted: Partial<Pick<SyncStatus, 'unsent' | 'held' | 'lastSyncedAt'>>) => void;
  readonly tell: (half: 'push' | 'pull', state: LoopState) => void;
}

const AT_REST: LoopState = { busy: false, failure: null };

/** Makes the board that the client core writes on and the screens read. */
export function makeStatusBoard(): StatusBoard {
  const listeners = new Set<() => void>();
  const halves = { push: AT_REST, pull: AT_REST };
  let now: SyncStatus = { unsent: 0, held: 0, lastSyncedAt: null, state: 'idle', problem: null };

  function change(next: SyncStatus): void {
    const keys = Object.keys(next) as (keyof SyncStatus)[];
    if (keys.every((key) => next[key] === now[key])) return;
    now = next;
    for (const listener of listeners) listener();
  }

  function stateOf(): SyncStatus['state'] {
    const failures = [halves.push.failure, halves.pull.failure];
    if (failures.some((failure) => failure?.act === 'stop')) return 'signed-out';
    if (halves.push.busy && now.unsent > 0) return 'sending';
    return failures.some((failure) => failure !== null) ? 'offline' : 'idle';
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => now,
    note: (counted) => change({ ...now, ...counted }),
    tell: (half, state) => {
      // While a new try runs, the last failure still says how things stand.
      halves[half] = state.busy ? { busy: true, failure: halves[half].failure } : state;
      const failure = halves.push.failure ?? halves.pull.failure;
      change({ ...now, state: stateOf(), problem: failure?.problem ?? null });
    },
  };
}
