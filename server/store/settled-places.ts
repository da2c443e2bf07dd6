import { type Kysely, sql, type Transaction } from 'kysely';
import type { BuildingId, MemberId } from '#shared/kernel/ids.ts';
import { UNMATCHED_PAGE, type UnmatchedPage } from '#shared/model/unmatched.ts';
import type { SettledPlace } from '#shared/roll/match-address.ts';
import { eachRow } from './each-row.ts';
import { HIDDEN } from './merged-people.ts';
import type { Sqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

export interface UnmatchedWish {
  /** Those that nobody has settled, or those that somebody has. */
  readonly state: 'open' | 'settled';
  /** Letters of the address; empty for all. */
  readonly like: string;
  /** How many to pass over. */
  readonly from: number;
}

/** The buildings asked for that somebody of the roll lives in. */
function asked(db: Kysely<Tables>, { state, like }: Omit<UnmatchedWish, 'from'>) {
  const query = db
    .selectFrom('buildings as b')
    .innerJoin('doors as d', 'd.building_key', 'b.key')
    .innerJoin('people as p', 'p.door_key', 'd.key')
    .innerJoin('voters as v', 'v.person_key', 'p.key')
    .where('p.key', 'not in', HIDDEN)
    .$if(state === 'open', (open) => open.where('b.lon', 'is', null))
    .$if(state === 'settled', (settled) => settled.where('b.grade', '=', 'settled'));
  const letters = like
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&');
  if (letters === '') return query;
  const line = sql<string>`lower(b.number || ' ' || b.street || ' ' || b.city || ' ' || b.zip)`;
  return query.where(sql<boolean>`${line} like ${`%${letters}%`} escape '\\'`);
}

/** A page of the addresses without a place, or settled, by street. */
export async function readUnmatched(
  db: Kysely<Tables>,
  wish: UnmatchedWish,
): Promise<UnmatchedPage> {
  const totals = await asked(db, wish)
    .select((eb) => [
      eb.fn.count<number>('b.key').distinct().as('addresses'),
      eb.fn.count<number>('v.person_key').as('people'),
    ])
    .executeTakeFirstOrThrow();
  const places = await asked(db, wish)
    .leftJoin('import_faults as f', (join) =>
      join
        .onRef('f.import_id', '=', 'v.import_id')
        .onRef('f.line', '=', 'v.line')
        .on('f.kind', '=', 'unplaced'),
    )
    .select(['b.id', 'b.number', 'b.street', 'b.city', 'b.zip', 'b.grade', 'b.lon', 'b.lat'])
    .select((eb) => [
      eb.fn.count<number>('v.person_key').as('people'),
      eb.fn.count<number>('d.key').distinct().as('doors'),
      eb.fn.min('f.reason').as('reason'),
    ])
    .groupBy([
      'b.key',
      'b.id',
      'b.number',
      'b.street',
      'b.city',
      'b.zip',
      'b.grade',
      'b.lon',
      'b.lat',
    ])
    .orderBy('b.street')
    .orderBy(sql`length(b.number)`)
    .orderBy('b.number')
    .orderBy('b.id')
    .limit(UNMATCHED_PAGE)
    .offset(wish.from)
    .execute();
  return {
    addresses: totals.addresses,
    people: totals.people,
    places,
  };
}

export interface UnmatchedPerson {
  readonly person_key: number;
  readonly source_id: string | null;
  readonly first_name: string;
  readonly last_name: string;
  readonly phone: string | null;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly zip: string;
  readonly reason: string | null;
}

/** Some people of the roll without a place, from a person on. */
export async function readUnmatchedPeople(
  db: Kysely<Tables>,
  after: number,
  limit: number,
): Promise<UnmatchedPerson[]> {
  return asked(db, { state: 'open', like: '' })
    .leftJoin('import_faults as f', (join) =>
      join
        .onRef('f.import_id', '=', 'v.import_id')
        .onRef('f.line', '=', 'v.line')
        .on('f.kind', '=', 'unplaced'),
    )
    .select(['v.person_key', 'p.source_id', 'v.first_name', 'v.last_name', 'v.phone'])
    .select(['b.number', 'b.street', 'd.unit', 'b.city', 'b.zip', 'f.reason'])
    .where('v.person_key', '>', after)
    .orderBy('v.person_key')
    .limit(limit)
    .execute();
}

export interface SettledBuilding {
  readonly key: number;
  readonly address_key: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grade: Tables['buildings']['grade'];
  readonly precinct: string | null;
}

export async function findBuilding(
  db: Kysely<Tables>,
  id: BuildingId,
): Promise<SettledBuilding | undefined> {
  return db
    .selectFrom('buildings')
    .select(['key', 'address_key', 'lon', 'lat', 'grade', 'precinct'])
    .where('id', '=', id)
    .executeTakeFirst();
}

type Place = Pick<SettledBuilding, 'lon' | 'lat' | 'grade' | 'precinct'>;

/** Moves a building at once, on the map and in what universes ask. */
async function moveBuilding(trx: Transaction<Tables>, key: number, to: Place): Promise<void> {
  const { lon, lat, grade, precinct } = to;
  await trx
    .updateTable('buildings')
    .set({ lon, lat, grade, precinct })
    .where('key', '=', key)
    .execute();
  const own = sql<string>`coalesce((select v.precinct from voters v
    where v.person_key = universe_rows.person_key), ${precinct ?? ''})`;
  await trx
    .updateTable('universe_rows')
    .set({ placed: lon === null ? 0 : 1, precinct: own })
    .where('building_key', '=', key)
    .execute();
}

/** Keeps where somebody put an address, for this roll and for those that follow. */
export async function settle(
  trx: Transaction<Tables>,
  building: SettledBuilding,
  to: Place & { readonly lon: number; readonly lat: number },
  by: { readonly addressId: string | null; readonly memberId: MemberId; readonly now: number },
): Promise<void> {
  const { lon, lat } = to;
  const kept = { lon, lat, address_id: by.addressId, settled_by: by.memberId, settled_at: by.now };
  await trx
    .insertInto('settled_places')
    .values({
      address_key: building.address_key,
      ...kept,
      was_lon: building.lon,
      was_lat: building.lat,
      was_grade: building.grade,
      was_precinct: building.precinct,
    })
    .onConflict((conflict) => conflict.column('address_key').doUpdateSet(kept))
    .execute();
  await moveBuilding(trx, building.key, to);
}

/** Takes a settled place back: the building stands where it stood before. False: it was not settled. */
export async function unsettle(
  trx: Transaction<Tables>,
  building: SettledBuilding,
): Promise<boolean> {
  const was = await trx
    .deleteFrom('settled_places')
    .where('address_key', '=', building.address_key)
    .returning(['was_lon', 'was_lat', 'was_grade', 'was_precinct'])
    .executeTakeFirst();
  if (was === undefined) return false;
  await moveBuilding(trx, building.key, {
    lon: was.was_lon,
    lat: was.was_lat,
    grade: was.was_grade,
    precinct: was.was_precinct,
  });
  return true;
}

/** All settled places, for the matching of a roll. */
export function readSettledPlaces(sqlite: Sqlite): Iterable<SettledPlace> {
  return eachRow<SettledPlace>(
    sqlite.prepare(
      'select address_key as key, lon, lat, address_id as addressId from settled_places',
    ),
  );
}
