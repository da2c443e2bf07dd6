import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import { CanvasLayer, canvasX, canvasY, type CanvasView } from './canvas-layer.ts';
import type { ColourName, MapColours } from './map-colours.ts';
import { insideOutline, outlineBounds, partsOf } from './outline-rings.ts';
import { PlatePlaces } from './place-plates.ts';
import type { Bounds } from './world.ts';

/** What a turf looks like where its own hue says too little. */
export interface OutlineLook {
  readonly colour: ColourName;
  /** How far it has come, 0 to 1: a bar under its name. */
  readonly part: number;
  /** So that the colour is not alone in saying that it rests. */
  readonly dashed: boolean;
}

/** A turf as the map shows it. */
export interface MapOutline {
  readonly id: string;
  readonly name: string;
  /** A second line under the name, such as "84 doors". */
  readonly note?: string;
  /** 0 to 11. */
  readonly hue: number;
  readonly outline: Polygon | MultiPolygon;
  readonly selected?: boolean;
  readonly look?: OutlineLook;
}

function colourOf(colours: MapColours, { look, hue }: MapOutline): string {
  return look === undefined ? colours.turf(hue) : colours.of(look.colour);
}

/** Adds an outline's rings to the current path. */
export function traceOutline(view: CanvasView, outline: Polygon | MultiPolygon): void {
  for (const ring of partsOf(outline).flat()) {
    ring.forEach(([lon, lat], i) => {
      const [x, y] = [canvasX(view, lon), canvasY(view, lat)];
      if (i === 0) view.context.moveTo(x, y);
      else view.context.lineTo(x, y);
    });
    view.context.closePath();
  }
}

/** How much wider than its plate a turf is, so that one still sees the turf. */
const ROOM = 1.4;

// Hundreds of outlines are asked about with each move of a pointer: their bounds are kept.
const known = new WeakMap<Polygon | MultiPolygon, Bounds | null>();

function boundsFor(outline: Polygon | MultiPolygon): Bounds | null {
  const kept = known.get(outline);
  if (kept !== undefined) return kept;
  const found = outlineBounds(outline);
  known.set(outline, found);
  return found;
}

/** Turf outlines: 3 px with a soft fill, the name in the middle. */
export class OutlinesLayer extends CanvasLayer {
  private outlines: readonly MapOutline[] = [];

  constructor(colours: MapColours) {
    super(colours, 'map-outlines', 310, 0.5);
  }

  setOutlines(outlines: readonly MapOutline[]): void {
    if (outlines === this.outlines) return;
    this.outlines = outlines;
    this.redraw();
  }

  /** The outline under a point in degrees, the smallest when several lie there. */
  at(lon: number, lat: number): string | null {
    const hit = this.outlines.filter(({ outline }) => {
      const [west, south, east, north] = boundsFor(outline) ?? [1, 1, 0, 0];
      const near = lon >= west && lon <= east && lat >= south && lat <= north;
      return near && insideOutline(lon, lat, outline);
    });
    return hit.sort((a, b) => spread(a.outline) - spread(b.outline))[0]?.id ?? null;
  }

  override isEmpty(): boolean {
    return this.outlines.length === 0;
  }

  protected override draw(view: CanvasView): void {
    const { context, colours } = view;
    context.lineJoin = 'round';
    // From far off a line of 3 px would be all there is of a turf.
    const line = view.zoom < 15 ? 1.75 : 3;
    for (const turf of this.outlines) {
      const { outline, selected, look } = turf;
      if (screenBox(view, outline) === null) continue;
      const colour = colourOf(colours, turf);
      context.beginPath();
      traceOutline(view, outline);
      context.globalAlpha = (selected === true ? 0.24 : 0.13) + (look === undefined ? 0 : 0.1);
      context.fillStyle = colour;
      context.fill('evenodd');
      context.globalAlpha = 1;
      if (selected === true) {
        context.strokeStyle = colours.of('--map-halo');
        context.lineWidth = 8;
        context.stroke();
      }
      context.strokeStyle = colour;
      context.lineWidth = selected === true ? 4 : line;
      context.setLineDash(look?.dashed === true ? [7, 6] : []);
      context.stroke();
      context.setLineDash([]);
    }
  }

  /** The names, drawn by a layer above the doors so that they can be read; none over another. */
  drawNames(view: CanvasView): void {
    const { context, colours } = view;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const places = new PlatePlaces();
    const seen = this.outlines.flatMap((turf) => {
      const box = screenBox(view, turf.outline);
      return box && Math.max(box.width, box.height) >= 34 ? [{ turf, box }] : [];
    });
    // What is chosen has its name in any case, then the largest.
    const order = (one: (typeof seen)[number]): number =>
      one.turf.selected === true ? -Infinity : -one.box.width * one.box.height;
    seen.sort((a, b) => order(a) - order(b));
    for (const { turf, box } of seen) {
      const { selected, look } = turf;
      const wordings = wordingsOf(context, colours.font, turf, box);
      const placed = places.place(box.x, box.y, wordings);
      const said = placed && wordings[placed.size];
      if (!placed || !said) continue;
      const { plate } = placed;
      context.beginPath();
      context.roundRect(
        plate.x - plate.width / 2,
        plate.y - plate.height / 2,
        plate.width,
        plate.height,
        7,
      );
      context.fillStyle = colours.of('--surface');
      context.globalAlpha = 0.94;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = colourOf(colours, turf);
      context.lineWidth = selected === true ? 2.5 : 1.25;
      context.stroke();
      if (look !== undefined && look.part > 0) {
        context.fillStyle = colourOf(colours, turf);
        const [left, foot] = [plate.x - plate.width / 2, plate.y + plate.height / 2];
        context.fillRect(left + 4, foot - 3.5, (plate.width - 8) * look.part, 2.5);
      }
      context.fillStyle = colours.of('--ink');
      context.font = `650 13px ${colours.font}`;
      context.fillText(said.name, plate.x, said.note === null ? plate.y + 0.5 : plate.y - 7.5);
      if (said.note === null) continue;
      context.font = `500 12px ${colours.font}`;
      context.globalAlpha = 0.78;
      context.fillText(said.note, plate.x, plate.y + 9);
      context.globalAlpha = 1;
    }
  }
}

interface Wording {
  readonly name: string;
  readonly note: string | null;
  readonly width: number;
  readonly height: number;
}

/**
 * What may stand on a turf's plate, the fullest first: name and note where the turf has room around
 * them, the name, and from far off the number that the name ends with.
 */
function wordingsOf(
  context: CanvasRenderingContext2D,
  font: string,
  { name, note, selected }: MapOutline,
  box: ScreenBox,
): Wording[] {
  context.font = `650 13px ${font}`;
  const width = context.measureText(name).width + 16;
  const named = { name, note: null, width, height: 24 };
  const number = /\d+$/.exec(name)?.[0];
  const short =
    number === undefined
      ? []
      : [{ name: number, note: null, width: context.measureText(number).width + 12, height: 20 }];
  const fits = selected === true || number === undefined || box.width > width * ROOM;
  const wordings = fits ? [named, ...short] : short;
  if (note === undefined || box.height < 72) return wordings;
  context.font = `500 12px ${font}`;
  const wide = Math.max(width, context.measureText(note).width + 16);
  if (box.width < wide * ROOM && selected !== true) return wordings;
  return [{ name, note, width: wide, height: 40 }, ...wordings];
}

/** The plates with the turfs' names, above the doors. */
export class OutlineNamesLayer extends CanvasLayer {
  private readonly outlines: OutlinesLayer;

  constructor(colours: MapColours, outlines: OutlinesLayer) {
    super(colours, 'map-outline-names', 345, 0.25);
    this.outlines = outlines;
  }

  protected override isEmpty(): boolean {
    return this.outlines.isEmpty();
  }

  protected override draw(view: CanvasView): void {
    this.outlines.drawNames(view);
  }
}

function spread(outline: Polygon | MultiPolygon): number {
  const [west, south, east, north] = boundsFor(outline) ?? [0, 0, 0, 0];
  return (east - west) * (north - south);
}

interface ScreenBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an outline's name goes, the middle of its largest part, with the size of the box of that. */
function screenBox(view: CanvasView, outline: Polygon | MultiPolygon): ScreenBox | null {
  const [west, south, east, north] = boundsFor(outline) ?? [1, 1, 0, 0];
  if (east < west) return null;
  const [left, right] = [canvasX(view, west), canvasX(view, east)];
  const [top, bottom] = [canvasY(view, north), canvasY(view, south)];
  if (right < 0 || left > view.width || bottom < 0 || top > view.height) return null;
  let best = { area: 0, x: (left + right) / 2, y: (top + bottom) / 2 };
  let box = { width: right - left, height: bottom - top };
  for (const [ring = []] of partsOf(outline)) {
    const points = ring.map(([lon, lat]) => [canvasX(view, lon), canvasY(view, lat)] as const);
    let [area, cx, cy] = [0, 0, 0];
    let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
    points.forEach(([x, y], i) => {
      const [nx, ny] = points[(i + 1) % points.length] ?? [x, y];
      const cross = x * ny - nx * y;
      area += cross;
      cx += (x + nx) * cross;
      cy += (y + ny) * cross;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    });
    if (Math.abs(area) <= best.area) continue;
    best = { area: Math.abs(area), x: cx / (3 * area), y: cy / (3 * area) };
    box = { width: east - west, height: south - north };
  }
  return { x: best.x, y: best.y, ...box };
}
