import type { LogRow } from '#shared/sync/apply-pull.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { PacketDb, PacketTables, StoredLog } from './packet-db.ts';
import { isSameBox, makeBoxOpener, type RowBox, ROWS_A_BOX, shutRows } from './row-boxes.ts';

/** Boxes made outside of the transaction that writes them. */
export interface ReadyBoxes {
  readonly boxes: readonly RowBox[];
  /** The last box that lay there when they were made. */
  readonly last: RowBox | undefined;
}

/** The rows of the log in IndexedDB: in boxes of the turf's key, or open as the first version had them. */
export class IdbLog {
  readonly #db: PacketDb;
  readonly #openBoxes = makeBoxOpener();

  constructor(db: PacketDb) {
    this.#db = db;
  }

  /** Shuts rows that come to those that lie there: the last box is filled up before another begins. */
  async shutMore(key: TurfKey, rows: readonly LogRow[]): Promise<ReadyBoxes> {
    const last = await this.#db.read(['boxes'], ({ boxes }) => boxes.last());
    if (rows.length === 0) return { boxes: [], last };
    if (last === undefined) return { boxes: await shutRows(key, rows, 1), last };
    const before = last.opIds.length < ROWS_A_BOX ? await this.#openBoxes(key, [last]) : [];
    if (before.length === 0) return { boxes: await shutRows(key, rows, last.nth + 1), last };
    return { boxes: await shutRows(key, [...before, ...rows], last.nth), last };
  }

  /** Those of the operations that are there, readable or not. */
  async find(opIds: readonly string[]): Promise<ReadonlySet<string>> {
    const there = await this.#db.read(['rows', 'boxes'], ({ rows, boxes }) =>
      Promise.all(
        opIds.map(async (opId) => {
          const counts = await Promise.all([
            rows.countWhere(null, opId),
            boxes.countWhere('opIds', opId),
          ]);
          return counts.some((count) => count > 0);
        }),
      ),
    );
    return new Set(opIds.filter((_, at) => there[at]));
  }

  /** What can be read of it, in the order of the log. */
  async open(key: TurfKey | null, { rows, boxes }: StoredLog): Promise<readonly LogRow[]> {
    const all = [...rows, ...(await this.#openBoxes(key, boxes))];
    const once = new Map(all.map((row) => [row.opId, row]));
    return [...once.values()].sort((one, other) => one.seq - other.seq);
  }
}

/** Writes them; false when other rows have come first. */
export async function putBoxes(
  { boxes }: Pick<PacketTables, 'boxes'>,
  ready: ReadyBoxes,
): Promise<boolean> {
  if (!isSameBox(await boxes.last(), ready.last)) return false;
  await boxes.putMany(ready.boxes);
  return true;
}
