import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import { CanvasLayer, type CanvasView } from './canvas-layer.ts';
import type { MapColours } from './map-colours.ts';
import { traceOutline } from './outlines-layer.ts';

/** Fogs what lies outside the turf that is being walked, and draws its edge. */
export class FogLayer extends CanvasLayer {
  private outline: Polygon | MultiPolygon | null = null;

  constructor(colours: MapColours) {
    super(colours, 'map-fog', 300, 0.5);
  }

  setOutline(outline: Polygon | MultiPolygon | null): void {
    if (outline === this.outline) return;
    this.outline = outline;
    this.redraw();
  }

  protected override isEmpty(): boolean {
    return this.outline === null;
  }

  protected override draw(view: CanvasView): void {
    if (this.outline === null) return;
    const { context, colours } = view;
    context.beginPath();
    context.rect(0, 0, view.width, view.height);
    traceOutline(view, this.outline);
    context.fillStyle = colours.of('--map-fog');
    context.fill('evenodd');
    context.beginPath();
    traceOutline(view, this.outline);
    context.lineJoin = 'round';
    context.strokeStyle = colours.of('--brand');
    context.lineWidth = 3;
    context.stroke();
  }
}
