import { type Kysely, sql } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** A phone and a door, by their keys. */
export interface ScopePair {
  readonly deviceKey: number;
  readonly doorKey: number;
}

/**
 * For so long the door was in a turf that the phone held: from `from` until before `until`, in ms
 * since 1970 by the server's clock. `until` of a hold that goes on lies ahead.
 */
export interface ScopeSpan {
  readonly from: number;
  readonly until: number;
}

/** Pairs asked about in one query. */
const MOST_PAIRS = 400;

/** The name of a pair in what readScopeSpans gives. */
export function spanKey({ deviceKey, doorKey }: ScopePair): string {
  return `${deviceKey} ${doorKey}`;
}

interface Row extends ScopePair {
  readonly heldFrom: number;
  readonly heldUntil: number;
  readonly endedAt: number | null;
  readonly leftAt: number | null;
  readonly addedAt: number;
  readonly removedAt: number | null;
}

async function readRows(db: Kysely<Tables>, pairs: readonly ScopePair[]): Promise<Row[]> {
  // Filled up to a power of two, so that few texts of this query are ever prepared.
  const size = 2 ** Math.ceil(Math.log2(pairs.length));
  const filled = Array.from({ length: size }, (_, at) => pairs[Math.min(at, pairs.length - 1)]);
  const values = filled.flatMap((pair) =>
    pair === undefined
      ? []
      : sql`(cast(${pair.deviceKey} as bigint), cast(${pair.doorKey} as bigint))`,
  );
  const { rows } = await sql<Row>`
    with wanted (device_key, door_key) as (values ${sql.join(values)})
    select distinct wanted.device_key as "deviceKey", wanted.door_key as "doorKey",
      a.from_at as "heldFrom", a.until_at as "heldUntil", a.ended_at as "endedAt",
      m.left_at as "leftAt", t.added_at as "addedAt", t.removed_at as "removedAt"
    from wanted
    join turf_doors t on t.door_key = wanted.door_key
    join assignments a on a.turf_id = t.turf_id and a.device_key = wanted.device_key
    join devices d on d.key = wanted.device_key
    join members m on m.id = d.member_id`.execute(db);
  return rows;
}

function toSpan(row: Row): ScopeSpan {
  const ends = [row.endedAt, row.leftAt, row.removedAt].filter((at) => at !== null);
  return {
    from: Math.max(row.heldFrom, row.addedAt),
    until: Math.min(row.heldUntil, ...ends),
  };
}

/**
 * When each of these doors was in a turf held by each of these phones, by spanKey. A pair that is
 * not there never was. Spans may overlap; one that ended before it began is left out.
 */
export async function readScopeSpans(
  db: Kysely<Tables>,
  pairs: readonly ScopePair[],
): Promise<ReadonlyMap<string, readonly ScopeSpan[]>> {
  const spans = new Map<string, ScopeSpan[]>();
  for (let at = 0; at < pairs.length; at += MOST_PAIRS) {
    for (const row of await readRows(db, pairs.slice(at, at + MOST_PAIRS))) {
      const span = toSpan(row);
      if (span.until <= span.from) continue;
      const known = spans.get(spanKey(row));
      if (known === undefined) spans.set(spanKey(row), [span]);
      else known.push(span);
    }
  }
  return spans;
}
