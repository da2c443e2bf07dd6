import type { Problem } from '#shared/kernel/problem.ts';
import type { HoldState } from './hold-state.ts';
import type { LoopState } from './loop.ts';

/** What the header of the walk shows. */
export interface SyncStatus {
  /** Facts that are only on this phone. */
  readonly unsent: number;
  /** Facts of other phones, taken in from their rescue files and not handed on yet. */
  readonly carried: number;
  /** Facts that the server holds but could not apply; the chapter looks at them. */
  readonly held: number;
  /** The phone's clock at the last finished push or pull; null before the first. */
  readonly lastSyncedAt: number | null;
  readonly state: 'idle' | 'sending' | 'offline' | 'signed-out';
  /** How the phone stands with its turf; anything but `ok` means that the walk must not be shown. */
  readonly hold: HoldState;
  /** The turf has ended; a conversation that is open on it may still be finished and saved. */
  readonly finishing: boolean;
  /** The turf that the phone held last, when it holds it no more. */
  readonly endedTurf: string | null;
  /** This browser was a phone once whose storage is gone: the chapter is told when it joins (P16). */
  readonly epochLost: boolean;
  /** Why the last try failed, if it did. */
  readonly problem: Problem | null;
}

/** What is counted and looked up, rather than heard of the two halves. */
export type Noted = Omit<SyncStatus, 'state' | 'problem'>;

/** For useSyncExternalStore: `useSyncExternalStore(status.subscribe, status.read)`. */
export interface StatusBoard {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => SyncStatus;
  readonly note: (noted: Partial<Noted>) => void;
  readonly tell: (half: 'push' | 'pull', state: LoopState) => void;
}

const AT_REST: LoopState = { busy: false, failure: null };
const AT_FIRST: SyncStatus = {
  unsent: 0,
  carried: 0,
  held: 0,
  lastSyncedAt: null,
  state: 'idle',
  hold: 'ok',
  finishing: false,
  endedTurf: null,
  epochLost: false,
  problem: null,
};

/** Makes the board that the client core writes on and the screens read. */
export function makeStatusBoard(): StatusBoard {
  const listeners = new Set<() => void>();
  const halves = { push: AT_REST, pull: AT_REST };
  let now = AT_FIRST;

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
    note: (noted) => change({ ...now, ...noted }),
    tell: (half, state) => {
      // While a new try runs, the last failure still says how things stand.
      halves[half] = state.busy ? { busy: true, failure: halves[half].failure } : state;
      const failure = halves.push.failure ?? halves.pull.failure;
      change({ ...now, state: stateOf(), problem: failure?.problem ?? null });
    },
  };
}
