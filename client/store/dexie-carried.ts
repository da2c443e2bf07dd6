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

  /** Durable when it resolves. The same key again changes nothing. */
  put(carried: CarriedFile): Promise<void> {
    const { head } = this.#db;
    return this.#db.change([head], async () => {
      const name = `${CARRIED}${carried.key}` as const;
      if ((await head.get(name)) === undefined) await head.put({ name, carried });
    });
  }

  async list(): Promise<readonly CarriedFile[]> {
    const rows = await this.#db.open(() => this.#rows());
    return rows.map((row) => row.carried);
  }

  /** The server has answered for all of it: keeps the results and drops the facts. */
  settle(key: string, results: readonly OpResult[]): Promise<void> {
    const { head } = this.#db;
    return this.#db.change([head], async () => {
      const row = await head.get(`${CARRIED}${key}`);
      if (!isCarried(row)) return;
      const file = { ...row.carried.file, ops: [] };
      await head.put({ ...row, carried: { ...row.carried, file, results } });
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
