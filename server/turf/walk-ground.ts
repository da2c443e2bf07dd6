import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { FeatureCollection } from '#shared/model/geojson.ts';
import type { WalkGround } from '#shared/model/turf-walk.ts';
import { buildNetwork } from '#shared/streets/build-network.ts';
import { makeUpStreets } from '#shared/streets/make-up-streets.ts';
import type { StopPlace } from '#shared/streets/place-stops.ts';
import { type Plane, planeAround } from '#shared/streets/plane.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { StreetNetwork } from '#shared/streets/street-network.ts';
import type { Street } from '#shared/streets/street.ts';
import { streetsNear } from '#shared/streets/streets-near.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';

/** What a turf is walked on. */
export interface Ground {
  /** Null: ways are straight lines. */
  readonly network: StreetNetwork | null;
  readonly ground: WalkGround;
}

interface Kept {
  readonly sha: string;
  readonly streets: readonly Street[];
  /** Of the whole map, where it is not too large to be built at once. */
  readonly whole: StreetNetwork | null;
}

/** Built in some 300 ms, once; of a larger map each turf has the network of its own streets. */
const MOST_AT_ONCE = 4000;
/** Letters of a map that is kept, parsed, between turfs; it takes some three bytes each. */
const MOST_LETTERS = 64 * 1024 * 1024;
/** So many chapters have their streets kept: a server's memory has an end. */
const MOST_CHAPTERS = 4;

/** The chapters used last come last. */
const kept = new Map<string, Kept>();

const selectStreets = fixedQuery((db) =>
  db.selectFrom('map_layers').select('geojson').where('name', '=', 'streets'),
);

/**
 * The network that doors at these places are walked on: the chapter's own streets; where it has
 * none, streets made up out of what `around` gives, the addresses of the neighbourhood; else none.
 */
export async function groundFor(
  db: ChapterDb,
  places: readonly StopPlace[],
  around: () => Promise<readonly StopPlace[]>,
): Promise<Ground> {
  if (places.length === 0) return { network: null, ground: 'straight' };
  const { streets, whole } = await readChapterStreets(db);
  if (whole !== null) return { network: whole, ground: 'streets' };
  const plane = planeOf(places);
  if (streets.length > 0) {
    const network = buildNetwork(streetsNear(streets, places), { plane });
    if (network.segments.count > 0) return { network, ground: 'streets' };
  }
  const made = makeUpStreets(await around(), plane);
  const network = buildNetwork(made, { plane });
  return network.segments.count > 0
    ? { network, ground: 'addresses' }
    : { network: null, ground: 'straight' };
}

/** The chapter's streets, parsed once for as long as its map stays the same. */
async function readChapterStreets(db: ChapterDb): Promise<Kept> {
  const [layer] = await selectStreets(db.read, {});
  const text = layer?.geojson ?? '';
  const sha = createHash('sha256').update(text).digest('base64');
  const known = kept.get(db.id);
  if (known?.sha === sha) {
    kept.delete(db.id);
    kept.set(db.id, known);
    return known;
  }
  const collection = text === '' ? { features: [] } : (JSON.parse(text) as FeatureCollection);
  await setImmediate();
  const { streets } = readStreets(collection);
  const network = streets.length > MOST_AT_ONCE ? null : await buildWhole(streets);
  const made = { sha, streets: network === null ? streets : [], whole: network };
  kept.delete(db.id);
  if (text.length <= MOST_LETTERS) kept.set(db.id, made);
  for (const id of kept.keys()) if (kept.size > MOST_CHAPTERS) kept.delete(id);
  return made;
}

async function buildWhole(streets: readonly Street[]): Promise<StreetNetwork | null> {
  await setImmediate();
  const plane = planeOf(
    streets.map(({ line }) => ({ lon: line[0]?.[0] ?? 0, lat: line[0]?.[1] ?? 0 })),
  );
  const network = buildNetwork(streets, { plane });
  return network.segments.count === 0 ? null : network;
}

/** A plane around the middle of some places. */
function planeOf(places: readonly { readonly lon: number; readonly lat: number }[]): Plane {
  const lons = places.map(({ lon }) => lon).sort((a, b) => a - b);
  const lats = places.map(({ lat }) => lat).sort((a, b) => a - b);
  const middle = places.length >> 1;
  return planeAround(lons[middle] ?? 0, lats[middle] ?? 0);
}
