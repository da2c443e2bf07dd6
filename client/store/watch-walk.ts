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
export type WalkNow = 'loading' | 'none' | 'shut' | (Walk & OwnInWalk);

/** This phone's own facts beside the walk that shows them: of one moment. */
export interface OwnInWalk {
  readonly own: readonly OutboxOp[];
}

/** For useSyncExternalStore: `useSyncExternalStore(walk.subscribe, walk.read)`. */
export interface WalkWatch {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => WalkNow;
}

type Sheet = PacketSheet | 'shut' | null;

function isSame(before: Sheet, after: Sheet): boolean {
  if (before === null || after === null || before === 'shut' || after === 'shut') {
    return before === after;
  }
  const turf = before.turf.id === after.turf.id && before.turf.version === after.turf.version;
  return turf && before.cursor === after.cursor && before.shiftsMark === after.shiftsMark;
}

/** Far more of a phone's own facts than a server keeps back between two pulls. */
const LATEST = 400;

/** What the log may not have brought back yet: everything unsent, and the latest of the rest. */
function notBackYet(own: readonly OutboxOp[]): readonly OutboxOp[] {
  const first = own.length - LATEST;
  return own.filter(({ body, state }, at) => body !== '' && (at >= first || state === 'unsent'));
}

/** The walk as it stands now in both databases, kept up to date while anybody listens. */
export function watchWalk(outbox: DexieOutbox, packets: DexiePackets): WalkWatch {
  let fold = makeWalkFolder();
  const listeners = new Set<() => void>();
  let sheet: Sheet | undefined;
  let rows: readonly LogRow[] | undefined;
  let own: readonly OutboxOp[] | undefined;
  let now: WalkNow = 'loading';
  let stop: (() => void) | null = null;

  function update(): void {
    if (sheet === undefined || rows === undefined || own === undefined) return;
    if (sheet === null || sheet === 'shut') {
      now = sheet ?? 'none';
      // Whatever was read while it was open is not kept beside a lock.
      fold = makeWalkFolder();
    } else {
      now = { ...fold(sheet, rows, notBackYet(own)), own };
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
      outbox.watchAll((value) => {
        own = value;
        update();
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
  };
}
