import type { Position } from '#shared/model/geojson.ts';
import { CanvasLayer, canvasX, canvasY, type CanvasView } from './canvas-layer.ts';
import type { Draft } from './draw-steps.ts';
import type { MapColours } from './map-colours.ts';

/** What the layer shows besides the draft. */
export interface DraftView {
  readonly draft: Draft;
  /** Where the next corner would be. */
  readonly pointer: Position | null;
  /** The corner that arrow keys move. */
  readonly chosen: number | null;
  /** A hand-drawn line under way, in degrees. */
  readonly freehand: readonly Position[];
}

/** The outline that is being drawn, with its handles. */
export class DraftLayer extends CanvasLayer {
  private shown: DraftView | null = null;

  constructor(colours: MapColours) {
    super(colours, 'map-draft', 350);
  }

  show(shown: DraftView): void {
    this.shown = shown;
    this.redraw();
  }

  protected override draw(view: CanvasView): void {
    if (this.shown === null) return;
    const { draft, pointer, chosen, freehand } = this.shown;
    const at = ([lon, lat]: Position): [number, number] => [canvasX(view, lon), canvasY(view, lat)];
    const corners = draft.corners.map(at);
    this.drawShape(view, corners, draft.closed, pointer && !draft.closed ? at(pointer) : null);
    this.drawFreehand(view, freehand.map(at));
    if (draft.closed) {
      corners.forEach(([x, y], i) => {
        const [nx, ny] = corners[(i + 1) % corners.length] ?? [x, y];
        if (Math.hypot(nx - x, ny - y) > 34)
          this.handle(view, (x + nx) / 2, (y + ny) / 2, 4, false);
      });
    }
    corners.forEach(([x, y], i) => {
      const first = i === 0 && !draft.closed && corners.length > 2;
      this.handle(view, x, y, first || i === chosen ? 9 : 6.5, i === chosen || first);
    });
  }

  private drawShape(
    view: CanvasView,
    corners: readonly [number, number][],
    closed: boolean,
    pointer: readonly [number, number] | null,
  ): void {
    if (corners.length === 0) return;
    const { context, colours } = view;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    const trace = (extra: boolean): void => {
      context.beginPath();
      corners.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      if (extra && pointer) context.lineTo(pointer[0], pointer[1]);
    };
    trace(true);
    context.closePath();
    context.fillStyle = colours.of('--brand');
    context.globalAlpha = 0.14;
    context.fill();
    context.globalAlpha = 1;
    trace(false);
    if (closed) context.closePath();
    for (const [colour, width] of [
      [colours.of('--map-halo'), 6],
      [colours.of('--brand'), 3],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
    const last = corners.at(-1);
    if (!pointer || !last) return;
    context.beginPath();
    context.moveTo(last[0], last[1]);
    context.lineTo(pointer[0], pointer[1]);
    context.setLineDash([6, 6]);
    context.lineWidth = 2;
    context.stroke();
    context.setLineDash([]);
  }

  private drawFreehand(view: CanvasView, line: readonly [number, number][]): void {
    if (line.length < 2) return;
    const { context, colours } = view;
    context.beginPath();
    line.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.fillStyle = colours.of('--brand');
    context.globalAlpha = 0.14;
    context.fill();
    context.globalAlpha = 1;
    context.lineJoin = 'round';
    context.strokeStyle = colours.of('--brand');
    context.lineWidth = 3;
    context.stroke();
  }

  private handle(view: CanvasView, x: number, y: number, radius: number, full: boolean): void {
    const { context, colours } = view;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = full ? colours.of('--brand') : colours.of('--surface');
    context.fill();
    context.strokeStyle = full ? colours.of('--surface') : colours.of('--brand');
    context.lineWidth = 2.5;
    context.stroke();
  }
}
