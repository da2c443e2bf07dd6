import './signature-picture.css';

/** How high the field is that is signed, in thousandths of its width. */
const FIELD_HEIGHT = 500;

/** A line as the path of an SVG; a dot is a line of no length. */
export function strokePath(stroke: readonly number[]): string {
  const [x = 0, y = 0] = stroke;
  if (stroke.length < 4) return `M${x} ${y}h0`;
  let path = `M${x} ${y}`;
  for (let n = 2; n + 1 < stroke.length; n += 2) path += `L${stroke[n]} ${stroke[n + 1]}`;
  return path;
}

/** A signature as it was drawn, small. Whose it is stands beside it. */
export function SignaturePicture({
  strokes,
}: {
  readonly strokes: readonly (readonly number[])[];
}) {
  return (
    <svg className="sign-lines sign-drawn" viewBox={`0 0 1000 ${FIELD_HEIGHT}`} aria-hidden>
      {strokes.map((stroke, n) => (
        <path key={n} d={strokePath(stroke)} />
      ))}
    </svg>
  );
}
