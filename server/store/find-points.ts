import { type Kysely, sql } from 'kysely';
import type { FeatureCollection } from '#shared/model/geojson.ts';
import type { Tables } from './tables.ts';

/** A street of the chapter's list in one town. */
export interface ListedStreet {
  readonly street: string;
  readonly city: string;
  readonly zip: string;
}

/** The streets of the chapter's list, each once in a town and zip: an index has them in order. */
export async function readListedStreets(db: Kysely<Tables>): Promise<ListedStreet[]> {
  return db
    .selectFrom('address_points')
    .select(['street', 'city', 'zip'])
    .groupBy(['street', 'city', 'zip'])
    .execute();
}

export type ListedPoint = Pick<
  Tables['address_points'],
  'source_id' | 'number' | 'street' | 'city' | 'zip' | 'lon' | 'lat'
>;

/** The points of some addresses, by their keys. */
export async function readPointsOf(
  db: Kysely<Tables>,
  addressKeys: readonly string[],
): Promise<ListedPoint[]> {
  if (addressKeys.length === 0) return [];
  return db
    .selectFrom('address_points')
    .select(['source_id', 'number', 'street', 'city', 'zip', 'lon', 'lat'])
    .where('address_key', 'in', addressKeys)
    .where('lon', 'is not', null)
    .orderBy('key')
    .limit(200)
    .execute();
}

/** The points of one street in one town, by number. */
export async function readPointsOn(
  db: Kysely<Tables>,
  { street, city, zip }: ListedStreet,
  limit: number,
): Promise<ListedPoint[]> {
  return db
    .selectFrom('address_points')
    .select(['source_id', 'number', 'street', 'city', 'zip', 'lon', 'lat'])
    .where('street', '=', street)
    .where('city', '=', city)
    .where('zip', '=', zip)
    .where('lon', 'is not', null)
    .orderBy(sql`length(number)`)
    .orderBy('number')
    .limit(limit)
    .execute();
}

/** The point with this id in the list that it came from. */
export async function findPoint(
  db: Kysely<Tables>,
  sourceId: string,
  like: { readonly lon: number; readonly lat: number },
): Promise<{ readonly lon: number; readonly lat: number } | undefined> {
  const row = await db
    .selectFrom('address_points')
    .select(['lon', 'lat'])
    .where('source_id', '=', sourceId)
    .where('lon', '=', like.lon)
    .where('lat', '=', like.lat)
    .executeTakeFirst();
  if (row === undefined || row.lon === null || row.lat === null) return undefined;
  return { lon: row.lon, lat: row.lat };
}

/** The chapter's precincts; null when its map has none. */
export async function readPrecincts(db: Kysely<Tables>): Promise<FeatureCollection | null> {
  const row = await db
    .selectFrom('map_layers')
    .select('geojson')
    .where('name', '=', 'precincts')
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.geojson) as FeatureCollection);
}
