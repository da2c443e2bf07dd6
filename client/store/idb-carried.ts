import type { OpResult } from '#shared/sync/protocol.ts';
import type { CarriedRow, NamedRow, OutboxDb, OutboxTables } from './outbox-db.ts';
import type { CarriedFile } from './outbox-store.ts';

const CARRIED = 'carried:';
const isCarried = (row: NamedRow | undefined): row is CarriedRow =>
  row !== undefined && row.name !== 'head';

/** Other phones' rescue files that this phone hands on, in the outbox's database. */
export class IdbCarried {
  readonly #db: OutboxDb;

  constructor(db: OutboxDb) {
    this.#db = db;
  }

  /** Durable when it resolves. The same key again changes nothing. */
  put(carried: CarriedFile): Promise<void> {
    return this.#db.change(['head'], async ({ head }) => {
      const name = `${CARRIED}${carried.key}` as const;
      if ((await head.get(name)) === undefined) await head.put({ name, carried });
    });
  }

  async list(): Promise<readonly CarriedFile[]> {
    const rows = await this.#db.read(['head'], carriedRows);
    return rows.map((row) => row.carried);
  }

  /** The server has answered for all of it: keeps the results and drops the facts. */
  settle(key: string, results: readonly OpResult[]): Promise<void> {
    return this.#db.change(['head'], async ({ head }) => {
      const row = await head.get(`${CARRIED}${key}`);
      if (!isCarried(row)) return;
      const file = { ...row.carried.file, ops: [] };
      await head.put({ ...row, carried: { ...row.carried, file, results } });
    });
  }

  /** Calls back with how many facts are still to be handed on. */
  watchCount(listener: (count: number) => void): () => void {
    return this.#db.watch(['head'], countCarried, listener);
  }
}

async function carriedRows({ head }: Pick<OutboxTables, 'head'>): Promise<CarriedRow[]> {
  return (await head.all()).filter(isCarried);
}

async function countCarried(tables: Pick<OutboxTables, 'head'>): Promise<number> {
  return (await carriedRows(tables)).reduce(
    (sum, { carried }) => sum + (carried.results === null ? carried.file.ops.length : 0),
    0,
  );
}
