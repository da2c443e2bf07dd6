import { type Sheet, TEXT } from './sheet.ts';

const SIDE = 9;
const AFTER_BOX = 4;
const BETWEEN = 12;
export const TICK_HEIGHT = 16;

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

function place(sheet: Sheet, items: readonly string[], width: number): Placed[] {
  let [x, row] = [0, 0];
  return items.map((text) => {
    const wide = SIDE + AFTER_BOX + sheet.widthOf(text);
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const placed = { text, x, row };
    x += wide + BETWEEN;
    return placed;
  });
}

/** How wide these boxes with their words are in one line, in points. */
export function ticksWidth(sheet: Sheet, items: readonly string[]): number {
  const words = items.reduce((sum, text) => sum + SIDE + AFTER_BOX + sheet.widthOf(text), 0);
  return words + BETWEEN * Math.max(0, items.length - 1);
}

/** How high boxes with their words are at this width. */
export function ticksHeight(sheet: Sheet, items: readonly string[], width: number): number {
  return ((place(sheet, items, width).at(-1)?.row ?? -1) + 1) * TICK_HEIGHT;
}

/** Where the last line of these boxes ends, in points from its beginning. */
export function ticksEnd(sheet: Sheet, items: readonly string[], width: number): number {
  const last = place(sheet, items, width).at(-1);
  return last === undefined ? 0 : last.x + SIDE + AFTER_BOX + sheet.widthOf(last.text);
}

/** Boxes to tick, each with its word, in as many lines as they take. */
export function drawTicks(
  sheet: Sheet,
  items: readonly string[],
  at: { readonly x: number; readonly y: number; readonly width: number },
): void {
  for (const { text, x, row } of place(sheet, items, at.width)) {
    const top = at.y + row * TICK_HEIGHT;
    sheet.box(at.x + x, top + (TEXT - SIDE) / 2 + 2, SIDE);
    sheet.write(text, at.x + x + SIDE + AFTER_BOX, top);
  }
}

const CIRCLE = 7.5;
const STEP = 18;
/** The levels of support. */
export const LEVELS = ['1', '2', '3', '4', '5'] as const;

/** How wide so many circles are, in points. */
export const circlesWidth = (count: number): number => Math.max(0, count - 1) * STEP + 2 * CIRCLE;

/** Numbers or letters in circles, of which one is marked. */
export function drawCircles(sheet: Sheet, labels: readonly string[], x: number, y: number): void {
  labels.forEach((label, n) => {
    const middle = x + CIRCLE + n * STEP;
    sheet.doc
      .lineWidth(0.9)
      .strokeColor('#000000')
      .circle(middle, y + 7.4, CIRCLE)
      .stroke();
    sheet.write(label, middle - CIRCLE, y + 0.6, { width: 2 * CIRCLE, align: 'center', size: 10 });
  });
}
