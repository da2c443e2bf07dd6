import type { ChapterId } from '#shared/kernel/ids.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { CarriedRow, NamedRow, OutboxDb } from './outbox-db.ts';
import type { CarriedFile } from './outbox-store.ts';

const CARRIED = 'carried:';
const isCarried = (row: NamedRow | undefined): row is CarriedRow =>
  row !== undefined && row.name !== 'head';

/** Other phones' rescue files that this phone hands on, in the outbox's database. */
export class DexieCarried {
  readonly #db: OutboxDb;

  constructor(db: OutboxDb) {
    this.#db = db;
  }

  /** Durable when it resolves. What waits already goes on waiting; what was answered for goes again. */
  put(carried: CarriedFile): Promise<void> {
    const { head } = this.#db;
    return this.#db.change([head], async () => {
      const name = `${CARRIED}${carried.key}` as const;
      const before = await head.get(name);
      if (!isCarried(before) || before.carried.results !== null) await head.put({ name, carried });
    });
  }

  async list(): Promise<readonly CarriedFile[]> {
    const rows = await this.#db.open(() => this.#rows());
    return rows.map((row) => row.carried);
  }

  /** The server has answered for all of it. */
  settle(key: string, results: readonly OpResult[], serverMs: number): Promise<void> {
    const { head } = this.#db;
    return this.#db.change([head], async () => {
      const row = await head.get(`${CARRIED}${key}`);
      if (!isCarried(row)) return;
      await head.put({ ...row, carried: { ...row.carried, results, settledAt: serverMs } });
    });
  }

  /** Files of this chapter whose facts are still here are to be sent again; in the caller's transaction. */
  async markAgain(chapterId: ChapterId): Promise<void> {
    for (const row of await this.#rows()) {
      const { key, file, results } = row.carried;
      if (results === null || file.ops.length === 0 || file.chapterId !== chapterId) continue;
      await this.#db.head.put({ ...row, carried: { key, file, results: null } });
    }
  }

  /** Drops the facts of files that were settled before then. */
  drop(before: number): Promise<void> {
    const { head } = this.#db;
    return this.#db.change([head], async () => {
      for (const row of await this.#rows()) {
        const { file, results, settledAt = Infinity } = row.carried;
        if (results === null || settledAt >= before || file.ops.length === 0) continue;
        await head.put({ ...row, carried: { ...row.carried, file: { ...file, ops: [] } } });
      }
    });
  }

  /** How many facts are still to be handed on. */
  async count(): Promise<number> {
    const rows = await this.#rows();
    return rows.reduce(
      (sum, { carried }) => sum + (carried.results === null ? carried.file.ops.length : 0),
      0,
    );
  }

  async #rows(): Promise<CarriedRow[]> {
    return (await this.#db.head.where('name').startsWith(CARRIED).toArray()).filter(isCarried);
  }
}
