import type { Kysely } from 'kysely';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { ScopeDigest } from '#shared/sync/protocol.ts';
import { scopeDigest } from '#shared/sync/scope-digest.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import type { Tables } from '../store/tables.ts';

interface Known {
  readonly incarnation: string;
  readonly version: number;
  readonly seq: number;
  readonly digest: ScopeDigest;
}

/** The moment of a chapter's log that is read, and the turf as it is then. */
export interface TurfMoment {
  readonly turfId: TurfId;
  readonly version: number;
  readonly incarnation: string;
  readonly seq: number;
}

/** So few facts are looked at one by one; beyond, it is asked door by door. */
const NEAR = 500;
const WRAP = 2n ** 128n;
/** Turfs remembered for each chapter. */
const MOST_TURFS = 2_000;

interface Since {
  readonly turfId: TurfId;
  readonly after: number;
  readonly seq: number;
}

const selectSince = (isNear: boolean) =>
  fixedQuery((db, { turfId, after, seq }: Since) =>
    db
      .selectFrom('ops')
      .select('ops.sha256')
      .where('ops.seq', '>', after)
      .where('ops.seq', '<=', seq)
      .where((where) => {
        const doors = where
          .selectFrom('turf_doors')
          .select('turf_doors.door_key')
          .where('turf_doors.turf_id', '=', turfId)
          .where('turf_doors.removed_seq', 'is', null);
        return isNear
          ? where.exists(doors.whereRef('turf_doors.door_key', '=', 'ops.door_key'))
          : where('ops.door_key', 'in', doors);
      }),
  );
const selectNear = selectSince(true);
const selectFar = selectSince(false);

async function digestAfter(
  trx: Kysely<Tables>,
  { turfId, seq }: TurfMoment,
  after: number,
): Promise<ScopeDigest> {
  const select = seq - after > NEAR ? selectFar : selectNear;
  const rows = await select(trx, { turfId, after, seq });
  return scopeDigest(rows.map((row) => row.sha256));
}

function add(one: ScopeDigest, other: ScopeDigest): ScopeDigest {
  if (other.count === 0) return one;
  const sum = (BigInt(`0x${one.sum}`) + BigInt(`0x${other.sum}`)) % WRAP;
  return { count: one.count + other.count, sum: sum.toString(16).padStart(32, '0') };
}

/**
 * Digests of turfs, remembered: a log only grows, so a digest of a moment and the facts since give
 * the next one, as long as no door came or went, which makes another version of the turf.
 */
export class TurfDigests {
  readonly #known = new Map<TurfId, Known>();

  /** Of all facts at the doors that the turf holds at this moment (P10), in the same snapshot. */
  async read(trx: Kysely<Tables>, moment: TurfMoment): Promise<ScopeDigest> {
    const { turfId, version, incarnation, seq } = moment;
    const known = this.#known.get(turfId);
    const goesOn =
      known?.incarnation === incarnation && known.version === version && known.seq <= seq;
    if (goesOn && known.seq === seq) return known.digest;
    const digest = goesOn
      ? add(known.digest, await digestAfter(trx, moment, known.seq))
      : await digestAfter(trx, moment, 0);
    if (this.#known.size >= MOST_TURFS) this.#known.clear();
    this.#known.set(turfId, { incarnation, version, seq, digest });
    return digest;
  }
}
