import type { DoorStanding } from '#shared/model/turf.ts';
import type { MapColours } from './map-colours.ts';

/** How one mark looks; marks that look alike are drawn once and stamped. */
export interface MarkLook {
  readonly standing: DoorStanding;
  /** 0 to 11, or -1 for the colour of the standing. */
  readonly hue: number;
  readonly onPhone: boolean;
  /** Radius in CSS pixels. */
  readonly radius: number;
}

const STANDINGS: readonly DoorStanding[] = [
  'to-do',
  'not-home',
  'contact',
  'done',
  'do-not-contact',
];

/** A number that only marks which look alike share. Always more than 0. */
export function markKey({ standing, hue, onPhone, radius }: MarkLook): number {
  const phone = onPhone ? 1 : 0;
  return ((STANDINGS.indexOf(standing) * 13 + hue + 1) * 2 + phone) * 256 + radius * 4;
}

/** The one colour that says most of a mark. */
export function markColour(colours: MapColours, { standing, hue, onPhone }: MarkLook): string {
  if (onPhone) return colours.of('--phone-mark');
  if (standing === 'contact') return colours.of('--door-contact');
  if (standing === 'do-not-contact') return colours.of('--door-stop');
  if (standing === 'not-home') return colours.of('--door-not-home');
  if (hue >= 0) return colours.turf(hue);
  return colours.of(standing === 'done' ? '--door-done' : '--door-todo');
}

/** Room around a mark for its rings, as a multiple of the radius plus pixels. */
export const markReach = (radius: number): number => Math.ceil(radius * 1.3 + 5);

function tick(context: CanvasRenderingContext2D, r: number, colour: string): void {
  context.beginPath();
  context.moveTo(-r * 0.48, r * 0.02);
  context.lineTo(-r * 0.1, r * 0.4);
  context.lineTo(r * 0.52, -r * 0.38);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1.2, r * 0.28);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
}

function cross(context: CanvasRenderingContext2D, r: number, colour: string): void {
  context.beginPath();
  context.moveTo(-r, -r);
  context.lineTo(r, r);
  context.moveTo(r, -r);
  context.lineTo(-r, r);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1.4, r * 0.45);
  context.lineCap = 'round';
  context.stroke();
}

const disc = (context: CanvasRenderingContext2D, r: number): void => {
  context.beginPath();
  context.arc(0, 0, r, 0, 2 * Math.PI);
};

/**
 * Draws a mark around 0, 0. Each standing has a shape of its own: to do a full disc, not home an
 * open ring, contact a square with a tick, done a small disc, do not contact a cross.
 */
export function drawMark(
  context: CanvasRenderingContext2D,
  colours: MapColours,
  { standing, hue, onPhone, radius: r }: MarkLook,
): void {
  const edge = r >= 3 ? 1.4 : 0.7;
  if (onPhone) {
    disc(context, r + edge + 2.4);
    context.strokeStyle = colours.of('--phone-mark');
    context.lineWidth = Math.max(2, r * 0.34);
    context.stroke();
  }
  const halo = (shape: () => void): void => {
    shape();
    context.strokeStyle = colours.of('--surface');
    context.lineWidth = 2 * edge;
    context.stroke();
  };
  if (standing === 'contact') {
    const side = r * 1.8;
    const square = (): void => {
      context.beginPath();
      context.roundRect(-side / 2, -side / 2, side, side, r * 0.42);
    };
    halo(square);
    context.fillStyle = colours.of('--door-contact');
    context.fill();
    if (r >= 4) tick(context, r, colours.of('--surface'));
  } else if (standing === 'do-not-contact') {
    disc(context, r);
    context.fillStyle = colours.of('--surface');
    context.fill();
    cross(context, r * 0.62, colours.of('--door-stop'));
  } else if (standing === 'not-home') {
    disc(context, r * 0.9);
    context.fillStyle = colours.of('--surface');
    context.fill();
    context.strokeStyle = colours.of('--door-not-home');
    context.lineWidth = Math.max(1.2, r * 0.36);
    context.stroke();
  } else {
    const size = standing === 'done' ? r * 0.62 : r;
    halo(() => disc(context, size));
    context.fillStyle = markColour(colours, {
      standing,
      hue,
      onPhone: false,
      radius: r,
    });
    context.fill();
  }
}
