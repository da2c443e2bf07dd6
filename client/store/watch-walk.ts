import type { LogRow } from '#shared/sync/apply-pull.ts';
import type { DexieOutbox } from './dexie-outbox.ts';
import type { DexiePackets } from './dexie-packets.ts';
import { makeWalkFolder, type Walk } from './fold-walk.ts';
import type { OutboxOp } from './outbox-store.ts';
import type { PacketSheet } from './packet-store.ts';

/**
 * `loading` until the databases have answered; `none` when this phone holds no packet; `shut` when it
 * holds one that cannot be read now.
 */
export type WalkNow = 'loading' | 'none' | 'shut' | Walk;

/** For useSyncExternalStore: `useSyncExternalStore(walk.subscribe, walk.read)`. */
export interface WalkWatch {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => WalkNow;
  /** Shows a fact that has just been written, before it is read back. */
  readonly note: (op: OutboxOp) => void;
}

type Sheet = PacketSheet | 'shut' | null;

function isSame(before: Sheet, after: Sheet): boolean {
  if (before === null || after === null || before === 'shut' || after === 'shut') {
    return before === after;
  }
  const turf = before.turf.id === after.turf.id && before.turf.version === after.turf.version;
  return turf && before.cursor === after.cursor;
}

function isSameList(before: readonly OutboxOp[], after: readonly OutboxOp[]): boolean {
  return before.length === after.length && before.every((op, at) => op.opId === after[at]?.opId);
}

/** The walk as it stands now in both databases, kept up to date while anybody listens. */
export function watchWalk(outbox: DexieOutbox, packets: DexiePackets): WalkWatch {
  let fold = makeWalkFolder();
  const listeners = new Set<() => void>();
  let sheet: Sheet | undefined;
  let rows: readonly LogRow[] | undefined;
  let own: readonly OutboxOp[] | undefined;
  /** Written, and not among what was read yet: a reading that began before may end after. */
  let noted: readonly OutboxOp[] = [];
  let now: WalkNow = 'loading';
  let stop: (() => void) | null = null;

  function update(): void {
    if (sheet === undefined || rows === undefined || own === undefined) return;
    if (sheet === null || sheet === 'shut') {
      now = sheet ?? 'none';
      // Whatever was read while it was open is not kept beside a lock.
      fold = makeWalkFolder();
      noted = [];
    } else {
      now = fold(sheet, rows, noted.length === 0 ? own : [...own, ...noted]);
    }
    for (const listener of listeners) listener();
  }

  function start(): () => void {
    const stops = [
      packets.watchPacket((value) => {
        // The same packet read again must stay the same object: every row hangs on it.
        if (sheet !== undefined && isSame(sheet, value)) return;
        sheet = value;
        update();
      }),
      packets.watchRows((value) => {
        rows = value;
        update();
      }),
      outbox.watchOwn((value) => {
        const before = own === undefined ? null : [...own, ...noted];
        const read = new Set(value.map((op) => op.opId));
        noted = noted.filter((op) => !read.has(op.opId));
        own = value;
        // Most of what is read was shown when it was written.
        if (before === null || !isSameList(before, [...own, ...noted])) update();
      }),
    ];
    return () => stops.forEach((each) => each());
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
    read: () => now,
    note: (op) => {
      if (stop === null || own === undefined || own.some((known) => known.opId === op.opId)) return;
      noted = [...noted, op];
      update();
    },
  };
}
