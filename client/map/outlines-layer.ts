import type { Polygon } from '#shared/model/geojson.ts';
import { CanvasLayer, canvasX, canvasY, type CanvasView } from './canvas-layer.ts';
import type { MapColours } from './map-colours.ts';
import { insideRing } from './world.ts';

/** A turf as the map shows it. */
export interface MapOutline {
  readonly id: string;
  readonly name: string;
  /** A second line under the name, such as "84 doors". */
  readonly note?: string;
  /** 0 to 11. */
  readonly hue: number;
  readonly outline: Polygon;
  readonly selected?: boolean;
}

/** Adds an outline's rings to the current path. */
export function traceOutline(view: CanvasView, outline: Polygon): void {
  for (const ring of outline.coordinates) {
    ring.forEach(([lon, lat], i) => {
      const [x, y] = [canvasX(view, lon), canvasY(view, lat)];
      if (i === 0) view.context.moveTo(x, y);
      else view.context.lineTo(x, y);
    });
    view.context.closePath();
  }
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
    const hit = this.outlines.filter(({ outline }) =>
      insideRing(lon, lat, outline.coordinates[0] ?? []),
    );
    return hit.sort((a, b) => spread(a.outline) - spread(b.outline))[0]?.id ?? null;
  }

  protected override draw(view: CanvasView): void {
    const { context, colours } = view;
    context.lineJoin = 'round';
    for (const { outline, hue, selected } of this.outlines) {
      const colour = colours.turf(hue);
      context.beginPath();
      traceOutline(view, outline);
      context.globalAlpha = selected === true ? 0.24 : 0.13;
      context.fillStyle = colour;
      context.fill('evenodd');
      context.globalAlpha = 1;
      if (selected === true) {
        context.strokeStyle = colours.of('--map-halo');
        context.lineWidth = 8;
        context.stroke();
      }
      context.strokeStyle = colour;
      context.lineWidth = selected === true ? 4 : 3;
      context.stroke();
    }
  }

  /** The names, drawn by a layer above the doors so that they can be read. */
  drawNames(view: CanvasView): void {
    const { context, colours } = view;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const { outline, hue, name, note, selected } of this.outlines) {
      const box = screenBox(view, outline);
      if (!box || Math.max(box.width, box.height) < 34) continue;
      context.font = `650 13px ${colours.font}`;
      const width = context.measureText(name).width;
      const showNote = note !== undefined && box.width > width + 24 && box.height > 60;
      context.font = `500 12px ${colours.font}`;
      const noteWidth = showNote ? context.measureText(note).width : 0;
      const plate = Math.max(width, noteWidth) + 16;
      const height = showNote ? 40 : 24;
      context.beginPath();
      context.roundRect(box.x - plate / 2, box.y - height / 2, plate, height, 7);
      context.fillStyle = colours.of('--surface');
      context.globalAlpha = 0.94;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = colours.turf(hue);
      context.lineWidth = selected === true ? 2.5 : 1.25;
      context.stroke();
      context.fillStyle = colours.of('--ink');
      context.font = `650 13px ${colours.font}`;
      context.fillText(name, box.x, showNote ? box.y - 7.5 : box.y + 0.5);
      if (!showNote) continue;
      context.font = `500 12px ${colours.font}`;
      context.globalAlpha = 0.78;
      context.fillText(note, box.x, box.y + 9);
      context.globalAlpha = 1;
    }
  }
}

/** The plates with the turfs' names, above the doors. */
export class OutlineNamesLayer extends CanvasLayer {
  private readonly outlines: OutlinesLayer;

  constructor(colours: MapColours, outlines: OutlinesLayer) {
    super(colours, 'map-outline-names', 345, 0.25);
    this.outlines = outlines;
  }

  protected override draw(view: CanvasView): void {
    this.outlines.drawNames(view);
  }
}

function spread(outline: Polygon): number {
  const ring = outline.coordinates[0] ?? [];
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return (Math.max(...lons) - Math.min(...lons)) * (Math.max(...lats) - Math.min(...lats));
}

/** Where an outline's name goes: the middle of its area, with the size of its box. */
function screenBox(
  view: CanvasView,
  outline: Polygon,
): { x: number; y: number; width: number; height: number } | null {
  const ring = outline.coordinates[0] ?? [];
  let [area, cx, cy] = [0, 0, 0];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  const points = ring.map(([lon, lat]) => [canvasX(view, lon), canvasY(view, lat)] as const);
  points.forEach(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length] ?? [x, y];
    const cross = x * ny - nx * y;
    area += cross;
    cx += (x + nx) * cross;
    cy += (y + ny) * cross;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  if (area === 0 || right < 0 || left > view.width || bottom < 0 || top > view.height) return null;
  return { x: cx / (3 * area), y: cy / (3 * area), width: right - left, height: bottom - top };
}
