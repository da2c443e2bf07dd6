import type { Position } from '#shared/model/geojson.ts';
import { CanvasLayer, canvasX, canvasY, type CanvasView } from './canvas-layer.ts';
import type { MapColours } from './map-colours.ts';
import { Occupied } from './occupied.ts';

/** One stop of a walk, in order. `position` is the number that list and paper show too. */
export interface WalkStop {
  readonly lon: number;
  readonly lat: number;
  readonly position: number;
}

const EVERY = 10;

/** The walk as a thin line with a number at its start and at every tenth stop. */
export class WalkLayer extends CanvasLayer {
  private stops: readonly WalkStop[] = [];
  private way: readonly Position[] | null = null;

  constructor(colours: MapColours) {
    super(colours, 'map-walk', 330);
  }

  /** With the way on the streets, where it is known, each stop shows its number. */
  setStops(stops: readonly WalkStop[], way: readonly Position[] | null = null): void {
    if (stops === this.stops && way === this.way) return;
    [this.stops, this.way] = [stops, way];
    this.redraw();
  }

  override isEmpty(): boolean {
    return this.stops.length < 2;
  }

  protected override draw(view: CanvasView): void {
    if (this.stops.length < 2 || view.zoom < 14) return;
    const { context, colours } = view;
    context.beginPath();
    const way = this.way?.map(([lon, lat]) => ({ lon, lat })) ?? this.stops;
    way.forEach(({ lon, lat }, i) => {
      if (i === 0) context.moveTo(canvasX(view, lon), canvasY(view, lat));
      else context.lineTo(canvasX(view, lon), canvasY(view, lat));
    });
    context.lineJoin = 'round';
    context.strokeStyle = colours.of('--brand');
    context.globalAlpha = this.way === null ? 0.4 : 0.75;
    context.lineWidth = (view.zoom >= 17 ? 2 : 1.4) * (this.way === null ? 1 : 1.5);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** The numbers, drawn by a layer above the doors. */
  drawNumbers(view: CanvasView): void {
    if (this.stops.length < 2 || view.zoom < 15) return;
    const { context, colours } = view;
    context.font = `700 10.5px ${colours.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const taken = new Occupied();
    for (const { lon, lat, words } of this.dueNumbers()) {
      const width = Math.max(16, context.measureText(words).width + 8);
      const [x, y] = [canvasX(view, lon), canvasY(view, lat) - 15];
      if (taken.touches(x, y, 9)) continue;
      taken.take(x, y, 9);
      context.beginPath();
      context.roundRect(x - width / 2, y - 8, width, 16, 8);
      context.moveTo(x - 3.5, y + 7.5);
      context.lineTo(x, y + 11.5);
      context.lineTo(x + 3.5, y + 7.5);
      context.strokeStyle = colours.of('--surface');
      context.lineWidth = 2;
      context.stroke();
      context.fillStyle = colours.of('--brand');
      context.fill();
      context.fillStyle = colours.of('--on-brand');
      context.fillText(words, x, y + 0.5);
    }
  }

  /** The numbers that are shown where there is room, those that matter most first. */
  private dueNumbers(): { readonly lon: number; readonly lat: number; readonly words: string }[] {
    const stops = this.stops.map(({ lon, lat, position }) => ({
      lon,
      lat,
      words: String(position),
    }));
    const last = stops.length - 1;
    if (this.way !== null) {
      const first = (i: number): boolean => i === 0 || i === last || (i + 1) % EVERY === 0;
      return [...stops.filter((_, i) => first(i)), ...stops.filter((_, i) => !first(i))];
    }
    const shown = new Set<number>();
    return this.stops.flatMap(({ lon, lat, position }, i) => {
      // Stops of one building share their place: the first number that is due is shown.
      const due = i === 0 ? position : Math.floor(position / EVERY) * EVERY;
      if (due === 0 || shown.has(due)) return [];
      shown.add(due);
      return [{ lon, lat, words: String(due) }];
    });
  }
}

/** The numbers of the walk, above the doors. */
export class WalkNumbersLayer extends CanvasLayer {
  private readonly walk: WalkLayer;

  constructor(colours: MapColours, walk: WalkLayer) {
    super(colours, 'map-walk-numbers', 344);
    this.walk = walk;
  }

  protected override isEmpty(): boolean {
    return this.walk.isEmpty();
  }

  protected override draw(view: CanvasView): void {
    this.walk.drawNumbers(view);
  }
}
