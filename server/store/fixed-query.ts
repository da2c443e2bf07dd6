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
  const compiled = new WeakMap<object, CompiledQuery<R>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      query = build(db, blanks as V).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Blank ? values[parameter.name as keyof V] : parameter,
    );
    const { rows } = await db.executeQuery<R>({ ...query, parameters });
    return rows;
  };
}
