import type { Feature } from '#shared/model/geojson.ts';
import type { MapLayerName } from '#shared/model/place.ts';

type Said = Readonly<Record<string, unknown>>;

interface InLayer {
  readonly name: MapLayerName;
  readonly properties: Feature['properties'];
}

const LINE = 2;
const AREA = 3;

/** Kinds of land on which nobody lives, as the map's parks. */
const PARKS = new Set([
  'park',
  'playground',
  'cemetery',
  'golf_course',
  'nature_reserve',
  'forest',
  'wood',
  'grass',
  'recreation_ground',
  'pitch',
]);

/** Beside a street that is on the map itself. */
const BESIDE = new Set(['sidewalk', 'crossing']);

const CLASSES = new Map<unknown, string>([
  ['motorway', 'limited'],
  ['motorway_link', 'limited'],
  ['trunk', 'major'],
  ['trunk_link', 'major'],
  ['primary', 'major'],
  ['secondary', 'secondary'],
  ['tertiary', 'secondary'],
]);

/** In the fourth version of the layers a road's kind, where it says no more. */
const KINDS = new Map<unknown, string>([
  ['highway', 'limited'],
  ['major_road', 'secondary'],
  ['path', 'path'],
]);

/** 0 on the ground, 1 on a bridge, -1 in a tunnel. */
const levelOf = ({ is_bridge: bridge, is_tunnel: tunnel }: Said): number =>
  Number(Boolean(bridge)) - Number(Boolean(tunnel));

function road(said: Said): InLayer | null {
  const { kind, kind_detail: detail, name } = said;
  if (kind === 'rail') return { name: 'rail', properties: {} };
  if (kind === 'ferry' || kind === 'aeroway' || kind === 'other') return null;
  if (typeof detail === 'string' && BESIDE.has(detail)) return null;
  const cls = CLASSES.get(detail) ?? KINDS.get(kind) ?? 'residential';
  return {
    name: 'streets',
    properties: { street: typeof name === 'string' ? name : '', cls, level: levelOf(said) },
  };
}

/**
 * In which of our layers something of a vector tile belongs, and what stays of what it says; null for
 * what our map does not show. Layers and kinds as Protomaps names them (version 4); `type` is 1 for
 * points, 2 for lines, 3 for areas.
 */
export function layerOfTile(layer: string, type: number, said: Said): InLayer | null {
  const name: Feature['properties'] =
    typeof said['name'] === 'string' ? { name: said['name'] } : {};
  if (layer === 'roads' || layer === 'transit') return type === LINE ? road(said) : null;
  if (layer === 'water') {
    return type === LINE || type === AREA ? { name: 'water', properties: name } : null;
  }
  if (type !== AREA) return null;
  if (layer === 'buildings') return { name: 'buildings', properties: {} };
  const kind = said['kind'];
  const isPark = (layer === 'landuse' || layer === 'natural') && PARKS.has(String(kind));
  return isPark ? { name: 'parks', properties: name } : null;
}
