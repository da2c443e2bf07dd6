import { CanvasLayer, canvasX, canvasY, type CanvasView } from './canvas-layer.ts';
import type { MapColours } from './map-colours.ts';

/** Where this device is: degrees, and the radius in metres that it is sure of. */
export interface OwnPosition {
  readonly lon: number;
  readonly lat: number;
  readonly accuracy: number;
  /** Where it looks or goes, in degrees from north by east; null when that is not known. */
  readonly heading: number | null;
}

const METRES_ROUND_THE_EQUATOR = 40_075_016.686;

/** My own place: a dot in a ring, with a halo as wide as the doubt. */
export class PositionLayer extends CanvasLayer {
  private position: OwnPosition | null = null;

  constructor(colours: MapColours) {
    super(colours, 'map-position', 360);
  }

  setPosition(position: OwnPosition | null): void {
    this.position = position;
    this.redraw();
  }

  protected override isEmpty(): boolean {
    return this.position === null;
  }

  protected override draw(view: CanvasView): void {
    if (this.position === null) return;
    const { context, colours } = view;
    const { lon, lat, accuracy } = this.position;
    const [x, y] = [canvasX(view, lon), canvasY(view, lat)];
    const pixelsPerMetre =
      view.scale / (METRES_ROUND_THE_EQUATOR * Math.cos((lat * Math.PI) / 180));
    const circle = (radius: number): void => {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
    };
    const halo = Math.min(accuracy * pixelsPerMetre, 2000);
    if (halo > 12) {
      circle(halo);
      context.fillStyle = colours.of('--me');
      context.globalAlpha = 0.14;
      context.fill();
      context.globalAlpha = 0.5;
      context.strokeStyle = colours.of('--me');
      context.lineWidth = 1;
      context.stroke();
      context.globalAlpha = 1;
    }
    if (this.position.heading !== null) drawHeading(view, x, y, this.position.heading);
    circle(10);
    context.fillStyle = '#fff';
    context.fill();
    circle(7);
    context.fillStyle = colours.of('--me');
    context.fill();
  }
}

/** Half of the cone, in radians, and its length in CSS pixels. */
const SPREAD = 0.55;
const REACH = 34;

/** A cone from my place towards where I look. */
function drawHeading(
  { context, colours }: CanvasView,
  x: number,
  y: number,
  heading: number,
): void {
  const angle = (heading * Math.PI) / 180 - Math.PI / 2;
  const fade = context.createRadialGradient(x, y, 8, x, y, REACH);
  fade.addColorStop(0, colours.of('--me'));
  fade.addColorStop(1, 'transparent');
  context.beginPath();
  context.moveTo(x, y);
  context.arc(x, y, REACH, angle - SPREAD, angle + SPREAD);
  context.closePath();
  context.globalAlpha = 0.75;
  context.fillStyle = fade;
  context.fill();
  context.globalAlpha = 1;
}
