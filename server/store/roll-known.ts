import type { Sqlite, StatementSync } from './sqlite.ts';

export interface KnownPerson {
  readonly key: number;
  readonly doorKey: number;
}

/** Finds the people of earlier rolls by the roll's own id. */
export class PeopleLookup {
  readonly #find: StatementSync | null;

  constructor(sqlite: Sqlite) {
    const any = sqlite.prepare(`select 1 from people where source_id is not null limit 1`).get();
    this.#find =
      any === undefined
        ? null
        : sqlite.prepare(`select key, door_key as doorKey from people where source_id = ?`);
  }

  find(sourceId: string): KnownPerson | null {
    return (this.#find?.get(sourceId) as KnownPerson | undefined) ?? null;
  }
}
