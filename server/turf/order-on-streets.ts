import { setImmediate } from 'node:timers/promises';
import type { Building } from '#shared/model/door.ts';
import type { FeatureCollection } from '#shared/model/geojson.ts';
import { buildNetwork } from '#shared/streets/build-network.ts';
import { planeAround } from '#shared/streets/plane.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { StreetNetwork } from '#shared/streets/street-network.ts';
import { boundsAround } from '#shared/turf/clip-map.ts';
import { featuresIn } from '#shared/turf/features-in.ts';
import { type OrderedDoor, orderDoors } from '#shared/walk/order-doors.ts';
import { walkInSteps } from '#shared/walk/order-walk.ts';
import { kicksFor } from '#shared/walk/solve-tour.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';

/** The way from one door to the next may lead around what lies beside the turf. */
const MARGIN_METRES = 300;
/** Distances grow with the square of the stops; so many nobody walks in a day. */
const MOST_STOPS = 800;
/** What a tour of 250 stops is shaken by itself; larger ones get no more than that. */
const MOST_KICKS = 1500;

const selectStreets = fixedQuery((db) =>
  db.selectFrom('map_layers').select('geojson').where('name', '=', 'streets'),
);

/**
 * Puts doors in the order in which walking them on the chapter's own streets is short (law 10):
 * both sides of a street apart, crossings with their price, a building as one stop with its units
 * by floor. The same for the same doors and streets, on every machine. Buildings without a place
 * come last, by street and number. A chapter without streets that one can walk has the order of
 * `orderDoors`, street by street, and so has a turf of more than 800 buildings. Others are served
 * in between: a step takes some 50 ms.
 */
export async function orderOnStreets<D extends OrderedDoor>(
  db: ChapterDb,
  doors: readonly D[],
  buildings: readonly Building[],
): Promise<D[]> {
  const plain = orderDoors(doors, buildings);
  const stops = new Set(doors.map(({ buildingId }) => buildingId));
  if (stops.size < 2 || stops.size > MOST_STOPS) return plain;
  const around = buildings.filter(({ id }) => stops.has(id));
  const network = await readNetwork(db, around);
  if (network === null) return plain;
  const byId = new Map<string, Building>(around.map((building) => [building.id, building]));
  const walk = walkInSteps(
    plain.map(({ id, buildingId, unit }) => {
      const { lon = null, lat = null, street = '', number = '' } = byId.get(buildingId) ?? {};
      return { id, lon, lat, building: buildingId, street, number, unit };
    }),
    { network, kicks: Math.min(MOST_KICKS, kicksFor(stops.size)), proof: false },
  );
  let step = walk.next();
  for (; !step.done; step = walk.next()) await setImmediate();
  const doorOf = new Map(plain.map((door): [string, D] => [door.id, door]));
  return step.value.order.flatMap((id) => doorOf.get(id) ?? []);
}

/** The streets on and around these buildings; null when there are none to walk. */
async function readNetwork(
  db: ChapterDb,
  buildings: readonly Building[],
): Promise<StreetNetwork | null> {
  const places = buildings.flatMap(({ lon, lat }): [number, number][] =>
    lon === null || lat === null ? [] : [[lon, lat]],
  );
  const [layer] = await selectStreets(db.read, {});
  if (layer === undefined || places.length === 0) return null;
  const { features } = JSON.parse(layer.geojson) as FeatureCollection;
  await setImmediate();
  const near = featuresIn(
    features,
    boundsAround({ type: 'Polygon', coordinates: [places] }, MARGIN_METRES),
  );
  const { streets } = readStreets({ features: near });
  const lons = places.map(([lon]) => lon).sort((a, b) => a - b);
  const lats = places.map(([, lat]) => lat).sort((a, b) => a - b);
  const middle = Math.floor(places.length / 2);
  const network = buildNetwork(streets, {
    plane: planeAround(lons[middle] ?? 0, lats[middle] ?? 0),
  });
  return network.segments.count === 0 ? null : network;
}
