import Flatbush from 'flatbush';
import type { DoorStanding } from '#shared/model/turf.ts';
import { CanvasLayer, type CanvasView } from './canvas-layer.ts';
import { DotPicture } from './dot-picture.ts';
import { drawMark, markColour, markKey, markReach, type MarkLook } from './door-marks.ts';
import type { MapColours } from './map-colours.ts';
import { Occupied } from './occupied.ts';
import { Thinner } from './thinner.ts';
import { latToY, lonToX } from './world.ts';

/** Buildings as columns, one entry each; the index into them is what clicks and selection speak of. */
export interface MapDoors {
  readonly lon: ArrayLike<number>;
  readonly lat: ArrayLike<number>;
  /** Doors in the building; more than one shows as a number. One when not given. */
  readonly doors?: ArrayLike<number>;
  /** To do when not given. */
  readonly standing?: ArrayLike<DoorStanding>;
  /** Turf hue 0 to 11, or -1 when in no turf. */
  readonly hue?: ArrayLike<number>;
  /** Not 0: has knocks that are on this phone only, shown by an amber ring. */
  readonly onPhone?: ArrayLike<number>;
  /** House numbers, shown from close up. */
  readonly number?: ArrayLike<string>;
}

/** Above which others a door lies: unvisited ones on top, those to be tried again next. */
const LEVELS: Readonly<Record<DoorStanding, number>> = {
  done: 0,
  contact: 0,
  'do-not-contact': 0,
  'not-home': 1,
  'to-do': 2,
};
const NUMBERS_FROM = 17.5;
// Stamping a picture costs ten times a plain square: beyond this many no one sees the difference.
const MOST_STAMPS = 8000;

/** The radius of a door's mark in CSS pixels at a zoom. */
export function markRadius(zoom: number): number {
  return Math.max(1.3, Math.min(9, 2.6 * 1.36 ** (zoom - 15)));
}

/** Doors: the loudest things on the map, up to some 200,000 of them. */
export class DoorsLayer extends CanvasLayer {
  private doors: MapDoors | null = null;
  private x = new Float64Array(0);
  private y = new Float64Array(0);
  private index: Flatbush | null = null;
  private selected: number | null = null;
  private readonly stamps = new Map<number, HTMLCanvasElement>();
  private stampRatio = 0;

  constructor(colours: MapColours) {
    super(colours, 'map-doors', 340);
  }

  /** Places are read again only when the columns of places are others: true then. */
  setDoors(doors: MapDoors | null): boolean {
    const before = this.doors;
    if (doors === before) return false;
    this.doors = doors;
    const moved = doors?.lon !== before?.lon || doors?.lat !== before?.lat;
    if (moved) this.placeDoors(doors);
    this.redraw();
    return moved;
  }

  select(index: number | null): void {
    if (index === this.selected) return;
    this.selected = index;
    this.redraw();
  }

  override setColours(colours: MapColours): void {
    this.stamps.clear();
    super.setColours(colours);
  }

  /** The building nearest to a place in degrees, within a reach in CSS pixels; null when none is. */
  at(lon: number, lat: number, zoom: number, reach: number): number | null {
    const scale = 256 * 2 ** zoom;
    const within = (markRadius(zoom) + reach) / scale;
    return this.index?.neighbors(lonToX(lon), latToY(lat), 1, within)[0] ?? null;
  }

  /** True when a mark touches a circle around a place of the world (0 to 1), in CSS pixels. */
  isNear(x: number, y: number, zoom: number, reach: number): boolean {
    const within = (markRadius(zoom) + reach) / (256 * 2 ** zoom);
    return this.index?.collides(x - within, y - within, x + within, y + within) ?? false;
  }

  private placeDoors(doors: MapDoors | null): void {
    const count = doors?.lon.length ?? 0;
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.index = count > 0 ? new Flatbush(count) : null;
    for (let i = 0; i < count; i++) {
      const [x, y] = [lonToX(doors?.lon[i] ?? 0), latToY(doors?.lat[i] ?? 0)];
      this.x[i] = x;
      this.y[i] = y;
      this.index?.add(x, y);
    }
    this.index?.finish();
  }

  protected override draw(view: CanvasView): void {
    const { doors } = this;
    if (!doors || this.x.length === 0) return;
    const base = markRadius(view.zoom);
    const seen = this.seenIn(view);
    if (base < 3 && seen.length > MOST_STAMPS) {
      this.drawSquares(view, doors, seen, base);
      this.drawSelected(view, doors, base);
      return;
    }
    const taken = new Occupied();
    const drawn = new Thinner(view.width, view.height, base);
    // What nobody has been at must not lie under anything else, so it is drawn last.
    const levels = doors.standing === undefined ? [0] : [0, 1, 2];
    for (const level of levels) {
      for (const i of seen) {
        if (doors.standing !== undefined && LEVELS[doors.standing[i] ?? 'to-do'] !== level)
          continue;
        this.drawDoor(view, doors, i, base, taken, drawn);
      }
    }
    this.drawSelected(view, doors, base);
    if (view.zoom >= NUMBERS_FROM && doors.number !== undefined) {
      this.drawNumbers(view, doors, seen, base, taken);
    }
  }

  /** The buildings on the canvas, in their own order. A plain pass is faster than a search. */
  private seenIn({ scale, originX, originY, width, height }: CanvasView): number[] {
    const seen: number[] = [];
    const [west, east] = [(originX - 20) / scale, (originX + width + 20) / scale];
    const [north, south] = [(originY - 20) / scale, (originY + height + 20) / scale];
    for (let i = 0; i < this.x.length; i++) {
      const x = this.x[i] ?? NaN;
      const y = this.y[i] ?? NaN;
      if (x >= west && x <= east && y >= north && y <= south) seen.push(i);
    }
    return seen;
  }

  /** A whole city from far off: squares in the marks' colours. */
  private drawSquares(
    view: CanvasView,
    doors: MapDoors,
    seen: readonly number[],
    base: number,
  ): void {
    const { colours, scale, originX, originY } = view;
    const picture = new DotPicture(view, base * 1.7);
    for (const i of seen) {
      const x = (this.x[i] ?? 0) * scale - originX;
      const y = (this.y[i] ?? 0) * scale - originY;
      picture.dot(x, y, markColour(colours, this.lookOf(doors, i, base)));
    }
    picture.show();
  }

  private lookOf(doors: MapDoors, i: number, base: number): MarkLook {
    const count = doors.doors?.[i] ?? 1;
    // From far off a larger mark for a tower would only hide its neighbours.
    const grows = count > 1 && base >= 3;
    const radius = grows ? base * Math.min(1.8, 1.12 + Math.log2(count) * 0.09) : base;
    return {
      standing: doors.standing?.[i] ?? 'to-do',
      hue: doors.hue?.[i] ?? -1,
      onPhone: (doors.onPhone?.[i] ?? 0) !== 0,
      radius: Math.round(radius * 4) / 4,
    };
  }

  private stampOf(view: CanvasView, look: MarkLook, key: number): HTMLCanvasElement {
    if (view.pixelRatio !== this.stampRatio) this.stamps.clear();
    this.stampRatio = view.pixelRatio;
    const known = this.stamps.get(key);
    if (known) return known;
    const stamp = document.createElement('canvas');
    const reach = markReach(look.radius);
    stamp.width = stamp.height = Math.ceil(2 * reach * view.pixelRatio);
    const context = stamp.getContext('2d');
    if (context) {
      context.scale(view.pixelRatio, view.pixelRatio);
      context.translate(reach, reach);
      drawMark(context, view.colours, look);
    }
    if (this.stamps.size > 500) this.stamps.clear();
    this.stamps.set(key, stamp);
    return stamp;
  }

  private drawDoor(
    view: CanvasView,
    doors: MapDoors,
    i: number,
    base: number,
    taken: Occupied,
    drawn: Thinner,
  ): void {
    const { context } = view;
    const x = (this.x[i] ?? 0) * view.scale - view.originX;
    const y = (this.y[i] ?? 0) * view.scale - view.originY;
    const look = this.lookOf(doors, i, base);
    const key = markKey(look);
    if (drawn.hides(x, y, key)) return;
    const reach = markReach(look.radius);
    context.drawImage(this.stampOf(view, look, key), x - reach, y - reach, 2 * reach, 2 * reach);
    if (view.zoom >= NUMBERS_FROM) taken.take(x, y, look.radius);
    const count = doors.doors?.[i] ?? 1;
    if (count < 2 || look.radius < 5 + String(count).length * 0.8) return;
    this.drawCount(view, x, y, look, count);
  }

  private drawCount(view: CanvasView, x: number, y: number, look: MarkLook, count: number): void {
    const { context, colours } = view;
    const words = count > 999 ? '999+' : String(count);
    const open = look.standing === 'not-home' || look.standing === 'do-not-contact';
    const beside = open || look.standing === 'contact' || look.standing === 'done';
    const size = Math.min(12, Math.max(8.5, look.radius * 0.98 - (words.length - 2) * 1.6));
    context.font = `700 ${size}px ${colours.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    if (!beside) {
      context.fillStyle = colours.of('--surface');
      context.fillText(words, x, y + 0.5);
      return;
    }
    const width = context.measureText(words).width + 7;
    const [px, py] = [x + look.radius * 0.9, y - look.radius * 0.9];
    context.beginPath();
    context.roundRect(px - width / 2, py - 7, width, 14, 7);
    context.fillStyle = colours.of('--ink');
    context.fill();
    context.fillStyle = colours.of('--paper');
    context.fillText(words, px, py + 0.5);
  }

  private drawSelected(view: CanvasView, doors: MapDoors, base: number): void {
    const i = this.selected;
    if (i === null || i >= this.x.length) return;
    const { context, colours } = view;
    const x = (this.x[i] ?? 0) * view.scale - view.originX;
    const y = (this.y[i] ?? 0) * view.scale - view.originY;
    const look = this.lookOf(doors, i, Math.max(base, 5));
    context.save();
    context.translate(x, y);
    for (const [radius, colour] of [
      [look.radius + 8, colours.of('--surface')],
      [look.radius + 6.5, colours.of('--brand')],
      [look.radius + 3.5, colours.of('--surface')],
    ] as const) {
      context.beginPath();
      context.arc(0, 0, radius, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
    }
    drawMark(context, colours, look);
    context.restore();
  }

  private drawNumbers(
    view: CanvasView,
    doors: MapDoors,
    seen: readonly number[],
    base: number,
    taken: Occupied,
  ): void {
    const { context, colours } = view;
    context.font = `600 ${view.zoom >= 18.5 ? 12 : 11}px ${colours.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3;
    for (const i of seen) {
      const words = doors.number?.[i];
      if (words === undefined || words === '') continue;
      const x = (this.x[i] ?? 0) * view.scale - view.originX;
      const y = (this.y[i] ?? 0) * view.scale - view.originY + base + 10;
      const reach = 4 + words.length * 2.2;
      if (taken.touches(x, y, reach * 0.8)) continue;
      taken.take(x, y, reach * 0.8);
      context.strokeStyle = colours.of('--map-halo');
      context.strokeText(words, x, y);
      context.fillStyle = colours.of('--map-name');
      context.fillText(words, x, y);
    }
  }
}
