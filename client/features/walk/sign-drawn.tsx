import { FIELD_HEIGHT, pathOf, type Stroke } from './sign-strokes.ts';

/** A signature as it was drawn, small. Its words stand beside it. */
export function SignDrawn({ strokes }: { readonly strokes: readonly Stroke[] }) {
  return (
    <svg className="sign-lines sign-drawn" viewBox={`0 0 1000 ${FIELD_HEIGHT}`} aria-hidden>
      {strokes.map((stroke, n) => (
        <path key={n} d={pathOf(stroke)} />
      ))}
    </svg>
  );
}
