import { hash } from 'node:crypto';
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

type Value = string | number | Uint8Array;

/** Stands for a value that is not known yet. */
class Blank {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A query that comes again: a database may keep what it made of it under this name. */
export interface FixedQuery<R = unknown> extends CompiledQuery<R> {
  readonly name: string;
}

/** Whatever is asked of it is a blank of that name. */
const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) });

/**
 * A query that is written once for each open database and only run after that: to build and compile
 * it anew costs more than most of ours take to run. `build` is given blanks in the place of the
 * values: it may pass them on as parameters and nothing else, and must give the same query always.
 */
export function fixedQuery<R, V extends { readonly [Name in keyof V]: Value } = object>(
  build: (db: Kysely<Tables>, values: V) => Compilable<R>,
): (db: Kysely<Tables>, values: V) => Promise<R[]> {
  // A transaction has the adapter of the database that it is on.
  const compiled = new WeakMap<object, FixedQuery<R>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      const made = build(db, blanks as V).compile();
      query = { ...made, name: `fixed-${hash('sha256', made.sql).slice(0, 20)}` };
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Blank ? values[parameter.name as keyof V] : parameter,
    );
    const filled: FixedQuery<R> = { ...query, parameters };
    const { rows } = await db.executeQuery<R>(filled);
    return rows;
  };
}
