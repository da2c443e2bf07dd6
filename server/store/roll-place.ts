import type { Feature, FeatureCollection } from '#shared/model/geojson.ts';
import type { MapLayerName } from '#shared/model/place.ts';
import type { AddressPoint } from '#shared/roll/match-address.ts';
import { BulkInsert } from './bulk-insert.ts';
import { eachRow } from './each-row.ts';
import type { Sqlite } from './sqlite.ts';

export interface StoredPoint extends AddressPoint {
  readonly addressKey: string;
}

/** Replaces one layer of the chapter's map. */
export function writeLayer(sqlite: Sqlite, name: MapLayerName, layer: FeatureCollection): void {
  sqlite
    .prepare(
      `insert into map_layers (name, geojson) values (?, ?)
        on conflict (name) do update set geojson = excluded.geojson`,
    )
    .run(name, JSON.stringify(layer));
}

/** One layer of the chapter's map; empty when it has none. */
export function readLayer(sqlite: Sqlite, name: MapLayerName): FeatureCollection {
  const row = sqlite.prepare('select geojson from map_layers where name = ?').get(name) as
    { geojson: string } | undefined;
  if (row === undefined) return { type: 'FeatureCollection', features: [] };
  return JSON.parse(row.geojson) as FeatureCollection;
}

/** The same, a feature at a time: parsed at once, the streets of a county take 100 MB. */
export function* eachFeature(sqlite: Sqlite, name: MapLayerName): Generator<Feature> {
  const features = sqlite.prepare(`select value from map_layers, json_each(geojson, '$.features')
    where name = ?`);
  for (const { value } of eachRow<{ value: string }>(features, name)) {
    yield JSON.parse(value) as Feature;
  }
}

/** Replaces the chapter's list of addresses, inside the caller's transaction. */
export function writeAddressPoints(sqlite: Sqlite, points: readonly StoredPoint[]): void {
  sqlite.exec('delete from address_points');
  const insert = new BulkInsert(
    sqlite,
    'insert into address_points',
    'source_id number street unit city zip lon lat address_key'.split(' '),
  );
  for (const point of points) {
    const { sourceId, number, street, unit, city, zip, lon, lat, addressKey } = point;
    insert.add(sourceId, number, street, unit, city, zip, lon, lat, addressKey);
  }
  insert.flush();
}

/** The chapter's list of addresses. */
export function readAddressPoints(sqlite: Sqlite): Iterable<AddressPoint> {
  return eachRow<AddressPoint>(
    sqlite.prepare(
      'select source_id as sourceId, number, street, unit, city, zip, lon, lat from address_points order by key',
    ),
  );
}
