import { memo, useRef, type PointerEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { strokePath } from '../../../ui/signature-picture.tsx';
import { beginStroke, FIELD_HEIGHT, goOn, type Stroke } from './sign-strokes.ts';

export interface SignPadProps {
  readonly strokes: readonly Stroke[];
  readonly onChange: (change: (before: readonly Stroke[]) => readonly Stroke[]) => void;
  /** Whose name is drawn. */
  readonly name: string;
}

const Line = memo(function Line({ stroke }: { readonly stroke: Stroke }) {
  return <path d={strokePath(stroke)} />;
});

/** The field that is signed with a finger, a pen or a mouse. */
export function SignPad({ strokes, onChange, name }: SignPadProps) {
  const { t } = useLingui();
  /** The pointer that draws: a second finger or the ball of the hand does not. */
  const drawing = useRef<number | null>(null);

  const placeOf = (
    box: DOMRect,
    event: { readonly clientX: number; readonly clientY: number },
  ): [number, number] => {
    const scale = 1000 / Math.max(1, box.width);
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  const begin = (event: PointerEvent<SVGSVGElement>): void => {
    if (drawing.current !== null || event.button !== 0) return;
    event.preventDefault();
    drawing.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [x, y] = placeOf(event.currentTarget.getBoundingClientRect(), event);
    onChange((before) => beginStroke(before, x, y));
  };
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    if (drawing.current !== event.pointerId) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { nativeEvent } = event;
    // Between two frames a finger goes through many points; old browsers tell the last alone.
    const all = 'getCoalescedEvents' in nativeEvent ? nativeEvent.getCoalescedEvents() : [];
    const points = (all.length > 0 ? all : [nativeEvent]).map((one) => placeOf(box, one));
    onChange((before) => points.reduce((done, [x, y]) => goOn(done, x, y), before));
  };
  const end = (event: PointerEvent<SVGSVGElement>): void => {
    if (drawing.current === event.pointerId) drawing.current = null;
  };

  return (
    <div className="sign-field">
      <svg
        className="sign-lines"
        viewBox={`0 0 1000 ${FIELD_HEIGHT}`}
        role="img"
        aria-label={
          strokes.length === 0 ? t`Field for a signature, empty` : t`Field for a signature, signed`
        }
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <line className="sign-base" x1="60" x2="940" y1="390" y2="390" />
        {strokes.map((stroke, n) => (
          <Line key={n} stroke={stroke} />
        ))}
      </svg>
      {strokes.length === 0 && (
        <span className="sign-hint small quiet">
          <Trans>Sign here with your finger</Trans>
        </span>
      )}
      <span className="sign-name small quiet">{name}</span>
    </div>
  );
}
