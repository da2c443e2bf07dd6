/** A field on the page, in points. */
export interface Field {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A signature is not blown up beyond this: points for a thousandth of the field's width. */
const LARGEST = 0.2;

/** Draws what was signed as large as it fits into a field, left in it and in the middle of its height. */
export function drawStrokes(
  doc: PDFKit.PDFDocument,
  strokes: readonly (readonly number[])[],
  field: Field,
): void {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (let n = 0; n + 1 < stroke.length; n += 2) {
      const [x = 0, y = 0] = [stroke[n], stroke[n + 1]];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (left > right) return;
  const scale = Math.min(
    LARGEST,
    field.width / Math.max(1, right - left),
    field.height / Math.max(1, bottom - top),
  );
  const down = field.y + (field.height - (bottom - top) * scale) / 2;
  const at = (x: number, y: number): [number, number] => [
    field.x + (x - left) * scale,
    down + (y - top) * scale,
  ];
  doc.lineWidth(1).lineCap('round').lineJoin('round').strokeColor('#000000');
  for (const stroke of strokes) {
    const [x = 0, y = 0] = stroke;
    doc.moveTo(...at(x, y));
    // A dot is a line of no length: round ends make it seen.
    if (stroke.length < 4) doc.lineTo(...at(x, y));
    for (let n = 2; n + 1 < stroke.length; n += 2) {
      doc.lineTo(...at(stroke[n] ?? 0, stroke[n + 1] ?? 0));
    }
    doc.stroke();
  }
  doc.lineCap('butt').lineJoin('miter');
}
