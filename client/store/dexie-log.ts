import type { LogRow } from '#shared/sync/apply-pull.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { PacketDb, StoredLog } from './packet-db.ts';
import { isSameBox, makeBoxOpener, type RowBox, ROWS_A_BOX, shutRows } from './row-boxes.ts';

/** Boxes made outside of the transaction that writes them. */
export interface ReadyBoxes {
  readonly boxes: readonly RowBox[];
  /** The last box that lay there when they were made. */
  readonly last: RowBox | undefined;
}

/** The rows of the log in IndexedDB: in boxes of the turf's key, or open as the first version had them. */
export class DexieLog {
  readonly #db: PacketDb;
  readonly #openBoxes = makeBoxOpener();

  constructor(db: PacketDb) {
    this.#db = db;
  }

  /** Shuts rows that come to those that lie there: the last box is filled up before another begins. */
  async shutMore(key: TurfKey, rows: readonly LogRow[]): Promise<ReadyBoxes> {
    const last = await this.#db.open(() => this.#findLast());
    if (rows.length === 0) return { boxes: [], last };
    if (last === undefined) return { boxes: await shutRows(key, rows, 1), last };
    const before = last.opIds.length < ROWS_A_BOX ? await this.#openBoxes(key, [last]) : [];
    if (before.length === 0) return { boxes: await shutRows(key, rows, last.nth + 1), last };
    return { boxes: await shutRows(key, [...before, ...rows], last.nth), last };
  }

  /** Writes them, in the caller's transaction; false when other rows have come first. */
  async put({ boxes, last }: ReadyBoxes): Promise<boolean> {
    if (!isSameBox(await this.#findLast(), last)) return false;
    await this.#db.boxes.bulkPut([...boxes]);
    return true;
  }

  /** Those of the operations that are there, readable or not. */
  async find(opIds: readonly string[]): Promise<ReadonlySet<string>> {
    const [open, shut] = await this.#db.open(() =>
      Promise.all([
        this.#db.rows
          .where('opId')
          .anyOf([...opIds])
          .primaryKeys(),
        this.#db.boxes
          .where('opIds')
          .anyOf([...opIds])
          .keys(),
      ]),
    );
    return new Set([...open, ...shut.map(String)]);
  }

  /** What can be read of it, in the order of the log. */
  async open(key: TurfKey | null, { rows, boxes }: StoredLog): Promise<readonly LogRow[]> {
    const all = [...rows, ...(await this.#openBoxes(key, boxes))];
    const once = new Map(all.map((row) => [row.opId, row]));
    return [...once.values()].sort((one, other) => one.seq - other.seq);
  }

  #findLast(): PromiseLike<RowBox | undefined> {
    return this.#db.boxes.orderBy('nth').last();
  }
}
