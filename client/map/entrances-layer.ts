import { CanvasLayer, canvasX, canvasY, type CanvasView } from './canvas-layer.ts';
import type { MapColours } from './map-colours.ts';

/** Where one goes into a building, and where the building stands; degrees WGS84. */
export interface MapEntrance {
  readonly lon: number;
  readonly lat: number;
  readonly building: { readonly lon: number; readonly lat: number } | null;
}

/** From here on one sees of which house it is the entrance. */
const NEAR_ENOUGH = 16;

/** Entrances that somebody set by hand: a small arrow head, with a thin line to its house. */
export class EntrancesLayer extends CanvasLayer {
  private entrances: readonly MapEntrance[] = [];

  constructor(colours: MapColours) {
    super(colours, 'map-entrances', 348);
  }

  setEntrances(entrances: readonly MapEntrance[]): void {
    if (entrances === this.entrances) return;
    this.entrances = entrances;
    this.redraw();
  }

  protected override isEmpty(): boolean {
    return this.entrances.length === 0;
  }

  protected override draw(view: CanvasView): void {
    if (view.zoom < NEAR_ENOUGH) return;
    const { context, colours } = view;
    const brand = colours.of('--brand');
    for (const { lon, lat, building } of this.entrances) {
      const [x, y] = [canvasX(view, lon), canvasY(view, lat)];
      if (building !== null) {
        context.beginPath();
        context.moveTo(canvasX(view, building.lon), canvasY(view, building.lat));
        context.lineTo(x, y);
        context.setLineDash([3, 3]);
        context.lineWidth = 1.5;
        context.strokeStyle = brand;
        context.stroke();
        context.setLineDash([]);
      }
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x - 7, y - 13);
      context.lineTo(x + 7, y - 13);
      context.closePath();
      context.lineWidth = 3;
      context.lineJoin = 'round';
      context.strokeStyle = colours.of('--map-halo');
      context.stroke();
      context.fillStyle = brand;
      context.fill();
    }
  }
}
