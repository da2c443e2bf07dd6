import type { MultiPolygon, Polygon, Position } from '#shared/model/geojson.ts';
import type { MapLayers } from '#shared/model/place.ts';
import { CanvasLayer, type CanvasView } from './canvas-layer.ts';
import type { MapColours } from './map-colours.ts';
import { Occupied } from './occupied.ts';
import { chainStreets, type StreetChain } from './street-chains.ts';
import { NAME_FROM, streetWidth } from './street-look.ts';
import { layWords, measureLine, type MeasuredLine, type PlacedText } from './words-along.ts';
import { insideRing, latToY, lonToX } from './world.ts';

const APART = 460;
const SHIFTS = [0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2];

interface AreaName {
  readonly name: string;
  readonly kind: 'park' | 'water' | 'precinct';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const chained = new WeakMap<object, StreetChain[]>();

/** A point well inside a ring: the middle of the widest piece of the line through its centre. */
function middleOf(ring: readonly Position[]): Position | null {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [lon, lat] of ring) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const lat = (south + north) / 2 + 1e-9;
  const cuts: number[] = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i] as Position;
    const [x2, y2] = ring[i + 1] as Position;
    if (y1 > lat !== y2 > lat) cuts.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
  }
  cuts.sort((a, b) => a - b);
  let best: Position | null = null;
  let widest = 0;
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const [from, to] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    if (to - from > widest) [best, widest] = [[(from + to) / 2, lat], to - from];
  }
  return best && insideRing(best[0], best[1], ring) ? best : null;
}

function nameArea(
  geometry: Polygon | MultiPolygon,
  name: string,
  kind: AreaName['kind'],
): AreaName[] {
  const rings =
    geometry.type === 'Polygon'
      ? [geometry.coordinates[0] ?? []]
      : geometry.coordinates.map((polygon) => polygon[0] ?? []);
  const largest = [...rings].sort((a, b) => b.length - a.length)[0];
  const middle = largest && middleOf(largest);
  if (!largest || !middle) return [];
  const xs = largest.map(([lon]) => lonToX(lon));
  const ys = largest.map(([, lat]) => latToY(lat));
  return [
    {
      name,
      kind,
      x: lonToX(middle[0]),
      y: latToY(middle[1]),
      width: Math.max(...xs) - Math.min(...xs),
      height: Math.max(...ys) - Math.min(...ys),
    },
  ];
}

function nameAreas(layers: MapLayers, precincts: boolean): AreaName[] {
  const found: AreaName[] = [];
  const add = (name: unknown, kind: AreaName['kind'], geometry: Polygon | MultiPolygon): void => {
    if (typeof name === 'string' && name !== '') found.push(...nameArea(geometry, name, kind));
  };
  for (const { properties, geometry } of layers.water.features) {
    if (geometry.type !== 'LineString') add(properties['name'], 'water', geometry);
  }
  for (const { properties, geometry } of layers.parks.features) {
    add(properties['name'], 'park', geometry);
  }
  if (!precincts) return found;
  for (const { properties, geometry } of layers.precincts.features) {
    add(properties['wp'], 'precinct', geometry);
  }
  return found;
}

/** The names of streets along them, of parks, water and precincts in them; none over another. */
export class NamesLayer extends CanvasLayer {
  private layers: MapLayers;
  private chains: StreetChain[];
  private areas: AreaName[];
  private readonly precincts: boolean;
  /** Whether doors lie near a place: names go where there are none, if there is room. */
  private readonly isBusy: (x: number, y: number, zoom: number, reach: number) => boolean;
  private readonly widths = new Map<string, number>();

  constructor(
    layers: MapLayers,
    colours: MapColours,
    precincts: boolean,
    isBusy: (x: number, y: number, zoom: number, reach: number) => boolean,
  ) {
    super(colours, 'map-names', 290);
    this.isBusy = isBusy;
    this.precincts = precincts;
    this.layers = layers;
    [this.chains, this.areas] = this.read(layers);
  }

  setLayers(layers: MapLayers): void {
    if (layers === this.layers) return;
    this.layers = layers;
    [this.chains, this.areas] = this.read(layers);
    this.redraw();
  }

  private read(layers: MapLayers): [StreetChain[], AreaName[]] {
    const chains = chained.get(layers.streets) ?? chainStreets(layers.streets);
    chained.set(layers.streets, chains);
    return [chains, nameAreas(layers, this.precincts)];
  }

  protected override draw(view: CanvasView): void {
    const { context } = view;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    const taken = new Occupied();
    this.drawAreas(view, taken);
    this.drawStreets(view, taken);
  }

  private widthIn(view: CanvasView, font: string): (text: string) => number {
    return (text) => {
      const key = `${font}|${text}`;
      const known = this.widths.get(key);
      if (known !== undefined) return known;
      view.context.font = font;
      const width = view.context.measureText(text).width;
      this.widths.set(key, width);
      return width;
    };
  }

  private drawAreas(view: CanvasView, taken: Occupied): void {
    const { context, colours, zoom, scale } = view;
    for (const area of this.areas) {
      const x = area.x * scale - view.originX;
      const y = area.y * scale - view.originY;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const precinct = area.kind === 'precinct';
      const font = precinct
        ? `600 ${zoom < 15 ? 12 : 14}px ${colours.font}`
        : `${area.kind === 'water' ? 'italic ' : ''}500 12px ${colours.font}`;
      const width = this.widthIn(view, font)(area.name);
      const upright = area.height > area.width * 1.6 && area.kind === 'water';
      const room = (upright ? area.height : area.width) * scale;
      if (room < width * (precinct ? 3 : 1.15) || (precinct && zoom > 16.5)) continue;
      const text = { text: area.name, x, y, turn: upright ? -Math.PI / 2 : 0 };
      if (!this.claim([text], width, 12, taken)) continue;
      const colour = {
        park: '--map-park-name',
        water: '--map-water-name',
        precinct: '--map-precinct',
      } as const;
      context.font = font;
      this.write(view, [text], colours.of(colour[area.kind]), area.kind === 'precinct' ? 3 : 0);
    }
  }

  private drawStreets(view: CanvasView, taken: Occupied): void {
    const { context, colours, zoom, scale } = view;
    for (const chain of this.chains) {
      if (zoom < NAME_FROM[chain.cls]) continue;
      if (!isChainSeen(chain, view)) continue;
      const px = chain.x.map((x) => x * scale - view.originX);
      const py = chain.y.map((y) => y * scale - view.originY);
      const roomy = streetWidth(chain.cls, zoom);
      const size = Math.max(chain.cls === 'residential' ? 11 : 11.5, Math.min(13, roomy * 0.74));
      const font = `500 ${size}px ${colours.font}`;
      const widthOf = this.widthIn(view, font);
      const width = widthOf(chain.name);
      const line = measureLine(px, py);
      if (line.length < width + 6) continue;
      const ways = Math.max(1, Math.round(line.length / APART));
      context.font = font;
      for (let way = 0; way < ways; way++) {
        const aim = (line.length * (way + 0.5)) / ways;
        const placed = this.offer(view, line, chain.name, widthOf, aim, size, taken);
        if (placed) this.write(view, placed, colours.of('--map-name'), 3.2);
      }
    }
  }

  /** The first free place near `aim` that covers no door; else the first free place. */
  private offer(
    view: CanvasView,
    line: MeasuredLine,
    name: string,
    widthOf: (text: string) => number,
    aim: number,
    size: number,
    taken: Occupied,
  ): PlacedText[] | null {
    const width = widthOf(name);
    const crowded: PlacedText[][] = [];
    for (const shift of SHIFTS) {
      const placed = layWords(line, name, widthOf, aim + shift * width);
      if (!placed || !isSeen(placed, view)) continue;
      if (this.coversDoors(view, placed, width)) crowded.push(placed);
      else if (this.claim(placed, width, size, taken)) return placed;
    }
    return crowded.find((placed) => this.claim(placed, width, size, taken)) ?? null;
  }

  private coversDoors(view: CanvasView, placed: readonly PlacedText[], width: number): boolean {
    return spotsOf(placed, width, 12).some(([x, y]) =>
      this.isBusy((x + view.originX) / view.scale, (y + view.originY) / view.scale, view.zoom, 3),
    );
  }

  /** Takes the room of some words if it is free. */
  private claim(
    placed: readonly PlacedText[],
    width: number,
    size: number,
    taken: Occupied,
  ): boolean {
    const spots = spotsOf(placed, width, size);
    const radius = size * 0.75 + 3;
    if (spots.some(([x, y]) => taken.touches(x, y, radius))) return false;
    for (const [x, y] of spots) taken.take(x, y, radius);
    return true;
  }

  private write(
    view: CanvasView,
    placed: readonly PlacedText[],
    colour: string,
    halo: number,
  ): void {
    const { context, colours } = view;
    const each = (paint: (text: string) => void): void => {
      for (const { text, x, y, turn } of placed) {
        context.save();
        context.translate(x, y);
        context.rotate(turn);
        paint(text);
        context.restore();
      }
    };
    if (halo > 0) {
      context.strokeStyle = colours.of('--map-halo');
      context.lineWidth = halo;
      each((text) => context.strokeText(text, 0, 0));
    }
    context.fillStyle = colour;
    each((text) => context.fillText(text, 0, 0));
  }
}

function isChainSeen({ box }: StreetChain, view: CanvasView): boolean {
  const { scale, originX, originY, width, height } = view;
  return (
    box[2] * scale > originX &&
    box[0] * scale < originX + width &&
    box[3] * scale > originY &&
    box[1] * scale < originY + height
  );
}

function isSeen(placed: readonly PlacedText[], view: CanvasView): boolean {
  const middle = placed[placed.length >> 1];
  return (
    middle !== undefined &&
    middle.x > 0 &&
    middle.y > 0 &&
    middle.x < view.width &&
    middle.y < view.height
  );
}

/** Points along some words, close enough that circles around them cover the words. */
function spotsOf(placed: readonly PlacedText[], width: number, size: number): [number, number][] {
  const only = placed.length === 1 ? placed[0] : undefined;
  if (!only) return placed.map(({ x, y }) => [x, y]);
  const spots: [number, number][] = [];
  for (let at = -width / 2; at <= width / 2; at += size * 0.9) {
    spots.push([only.x + Math.cos(only.turn) * at, only.y + Math.sin(only.turn) * at]);
  }
  return spots;
}
