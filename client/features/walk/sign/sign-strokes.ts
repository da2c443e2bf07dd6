/** A line as it is drawn: x and y by turns, in thousandths of the width of the field. */
export type Stroke = readonly number[];

/** How high the field is, in thousandths of its width. */
export const FIELD_HEIGHT = 500;
/** Points that are nearer than this to the one before say nothing more of a line. */
const LEAST_STEP = 4;
/** What a fact takes. */
const MOST_NUMBERS = 2000;
const MOST_STROKES = 200;
/** Less ink than this is a slip of the finger and no name, in thousandths of the width. */
const LEAST_INK = 150;

const clamp = (value: number, most: number): number =>
  Math.min(most, Math.max(0, Math.round(value)));

/** Begins a line at a point of the field; what no longer fits into a fact is not drawn. */
export function beginStroke(strokes: readonly Stroke[], x: number, y: number): readonly Stroke[] {
  if (strokes.length >= MOST_STROKES) return strokes;
  return [...strokes, [clamp(x, 1000), clamp(y, FIELD_HEIGHT)]];
}

/** Goes on with the last line; a point that is hardly further on is left out. */
export function goOn(strokes: readonly Stroke[], x: number, y: number): readonly Stroke[] {
  const last = strokes.at(-1);
  if (last === undefined) return strokes;
  const [toX, toY] = [clamp(x, 1000), clamp(y, FIELD_HEIGHT)];
  const [fromX = toX, fromY = toY] = last.slice(-2);
  if (Math.hypot(toX - fromX, toY - fromY) < LEAST_STEP) return strokes;
  if (last.length + 2 > MOST_NUMBERS) return beginStroke(strokes, toX, toY);
  return [...strokes.slice(0, -1), [...last, toX, toY]];
}

/** The length of all lines, in thousandths of the width. */
function inkOf(strokes: readonly Stroke[]): number {
  let ink = 0;
  for (const stroke of strokes) {
    for (let n = 2; n + 1 < stroke.length; n += 2) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = stroke.slice(n - 2, n + 2);
      ink += Math.hypot(x1 - x0, y1 - y0);
    }
  }
  return ink;
}

/** True once there is enough ink to be somebody's name. */
export const isSigned = (strokes: readonly Stroke[]): boolean => inkOf(strokes) >= LEAST_INK;
