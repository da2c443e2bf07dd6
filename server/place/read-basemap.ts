import { open } from 'node:fs/promises';
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles, type Source, TileType } from 'pmtiles';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type {
  Feature,
  FeatureCollection,
  Geometry,
  LineString,
  Position,
} from '#shared/model/geojson.ts';
import type { MapLayerName } from '#shared/model/place.ts';
import { joinCutLines } from '#shared/streets/join-cut-lines.ts';
import { meetLines } from '#shared/streets/meet-lines.ts';
import { planeAround, toLonLat, toX, toY } from '#shared/streets/plane.ts';
import { type Bounds, clipFeature } from '#shared/turf/clip-map.ts';
import { layerOfTile } from './basemap-layers.ts';

/** A county at zoom 15; more than this is a state, and no chapter's map. */
const MOST_TILES = 12_000;
/** Further in than this nothing is added that a canvasser needs. */
const DEEPEST = 15;

export type Basemap = ReadonlyMap<MapLayerName, FeatureCollection>;

interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

async function openSource(path: string): Promise<Source & { close(): Promise<void> }> {
  const file = await open(path, 'r');
  return {
    getKey: () => path,
    getBytes: async (offset, length) => {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, offset);
      return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) };
    },
    close: () => file.close(),
  };
}

const columnOf = (lon: number, z: number): number => ((lon + 180) / 360) * 2 ** z;
function rowOf(lat: number, z: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z;
}
const lonOf = (x: number, z: number): number => (x / 2 ** z) * 360 - 180;
const latOf = (y: number, z: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;

/** The tiles of a zoom that touch a box: columns and rows, both ends included. */
interface Span {
  readonly z: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function spanOf([west, south, east, north]: Bounds, z: number): Span {
  const most = 2 ** z - 1;
  const whole = (value: number): number => Math.min(most, Math.max(0, Math.floor(value)));
  const [left, right] = [whole(columnOf(west, z)), whole(columnOf(east, z))];
  return { z, left, right, top: whole(rowOf(north, z)), bottom: whole(rowOf(south, z)) };
}

const countOf = ({ left, right, top, bottom }: Span): number =>
  Math.max(0, right - left + 1) * Math.max(0, bottom - top + 1);

function* tilesIn({ z, left, right, top, bottom }: Span): Generator<Tile> {
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) yield { z, x, y };
}

/** What a tile holds beyond its own edge is its neighbour's as well. */
const boundsOf = ({ z, x, y }: Tile): Bounds => [
  lonOf(x, z),
  latOf(y + 1, z),
  lonOf(x + 1, z),
  latOf(y, z),
];

/** Ten centimetres: no tile knows more. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
function roundAll(coordinates: unknown): unknown {
  if (typeof coordinates === 'number') return rounded(coordinates);
  return Array.isArray(coordinates) ? coordinates.map(roundAll) : coordinates;
}

function* partsOf(feature: VectorTileFeature, tile: Tile, bounds: Bounds): Generator<Geometry> {
  const geometry = feature.toGeoJSON(tile.x, tile.y, tile.z).geometry as unknown as Geometry;
  const whole = { type: 'Feature', properties: {}, geometry } as const;
  for (const { geometry: clipped } of clipFeature(whole, bounds)) {
    const part = { ...clipped, coordinates: roundAll(clipped.coordinates) } as Geometry;
    if (part.type === 'MultiLineString') {
      for (const coordinates of part.coordinates) yield { type: 'LineString', coordinates };
    } else yield part;
  }
}

function readTile(bytes: ArrayBuffer, tile: Tile, into: Map<MapLayerName, Feature[]>): void {
  const { layers } = new VectorTile(new PbfReader(bytes));
  const bounds = boundsOf(tile);
  for (const layer of Object.values(layers)) {
    for (let n = 0; n < layer.length; n++) {
      const feature = layer.feature(n);
      const found = layerOfTile(layer.name, feature.type, feature.properties);
      if (found === null) continue;
      const features = into.get(found.name) ?? [];
      into.set(found.name, features);
      for (const geometry of partsOf(feature, tile, bounds)) {
        features.push({ type: 'Feature', properties: found.properties, geometry });
      }
    }
  }
}

const isLine = (feature: Feature): feature is Feature<LineString> =>
  feature.geometry.type === 'LineString';

/** Streets with a point wherever they meet, as those who walk them need it. */
function meetStreets(streets: readonly Feature<LineString>[]): Feature<LineString>[] {
  const [lon, lat] = streets[0]?.geometry.coordinates[0] ?? [0, 0];
  const plane = planeAround(lon, lat);
  const met = meetLines(
    streets.map(({ geometry, properties }) => ({
      name: String(properties['street']),
      level: Number(properties['level']),
      x: geometry.coordinates.map(([at]) => toX(plane, at)),
      y: geometry.coordinates.map(([, at]) => toY(plane, at)),
    })),
  );
  return streets.map(({ properties: { level: _level, ...properties } }, at) => {
    const { x, y } = met[at] ?? { x: [], y: [] };
    const coordinates = x.map((px, n): Position => {
      const [east, north] = toLonLat(plane, px, y[n] ?? 0);
      return [rounded(east), rounded(north)];
    });
    return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates } };
  });
}

function makeWhole(name: MapLayerName, features: readonly Feature[]): FeatureCollection {
  const lines = joinCutLines(features.filter(isLine));
  const others = features.filter((feature) => !isLine(feature));
  return {
    type: 'FeatureCollection',
    features: [...others, ...(name === 'streets' ? meetStreets(lines) : lines)],
  };
}

/**
 * The map that a file of vector tiles holds (PMTiles version 3, tiles of Mapbox's format in the layers
 * of Protomaps), as layers of our own: streets, paths, rail, water, parks and buildings, read from the
 * tiles of its last zoom and made whole again across their edges. Problems: basemap-unreadable,
 * basemap-too-large.
 */
export async function readBasemap(path: string): Promise<Result<Basemap>> {
  const into = new Map<MapLayerName, Feature[]>();
  let source: Awaited<ReturnType<typeof openSource>> | null = null;
  try {
    source = await openSource(path);
    const tiles = new PMTiles(source);
    const header = await tiles.getHeader();
    if (header.tileType !== TileType.Mvt) return fail(problem('basemap-unreadable', { path }));
    const zoom = Math.min(header.maxZoom, DEEPEST);
    const bounds: Bounds = [header.minLon, header.minLat, header.maxLon, header.maxLat];
    const wanted = spanOf(bounds, zoom);
    const count = countOf(wanted);
    if (count > MOST_TILES) {
      return fail(problem('basemap-too-large', { tiles: count, limit: MOST_TILES }));
    }
    for (const tile of tilesIn(wanted)) {
      const found = await tiles.getZxy(tile.z, tile.x, tile.y);
      if (found !== undefined) readTile(found.data, tile, into);
    }
  } catch {
    return fail(problem('basemap-unreadable', { path }));
  } finally {
    await source?.close();
  }
  return ok(new Map([...into].map(([name, features]) => [name, makeWhole(name, features)])));
}
