import type { FeatureCollection } from '#shared/model/geojson.ts';
import type { MapLayerName } from '#shared/model/place.ts';
import type { ChapterDb } from './chapter-db.ts';
import { inTransaction } from './in-transaction.ts';
import { sendRows } from './postgres-rows.ts';
import { type StoredPoint, writeAddressPoints, writeLayer } from './roll-place.ts';

/** Replaces the chapter's map and its list of addresses at once. */
export async function replacePlace(
  db: ChapterDb,
  layers: ReadonlyMap<MapLayerName, FeatureCollection>,
  points: readonly StoredPoint[],
): Promise<void> {
  if (db.engine === 'sqlite') {
    await db.exclusive((sqlite) =>
      inTransaction(sqlite, () => {
        for (const [name, layer] of layers) writeLayer(sqlite, name, layer);
        writeAddressPoints(sqlite, points);
      }),
    );
    return;
  }
  await db.exclusive(async (session) => {
    for (const [name, layer] of layers) {
      await session.run(
        `insert into map_layers (name, geojson) values ($1, $2)
          on conflict (name) do update set geojson = excluded.geojson`,
        [name, JSON.stringify(layer)],
      );
    }
    await session.run('delete from address_points');
    const rows = points.map((point) => ({
      source_id: point.sourceId,
      number: point.number,
      street: point.street,
      unit: point.unit,
      city: point.city,
      zip: point.zip,
      lon: point.lon,
      lat: point.lat,
      address_key: point.addressKey,
    }));
    await sendRows(session, 'address_points', rows);
  });
}
