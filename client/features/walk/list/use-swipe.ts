import { useRef, type PointerEvent } from 'react';

/** How far a row must be drawn, in CSS pixels. */
const ENOUGH = 88;
/** Movement that decides between a scroll and a swipe. */
const SLACK = 12;

interface Drag {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  swiping: boolean;
  way: number;
}

export interface SwipeHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  readonly onClickCapture: (event: { preventDefault(): void; stopPropagation(): void }) => void;
}

/** The row tells the style sheet: what lies behind the face is not below it, and `:has` is dear. */
function mark(face: HTMLElement, name: string, is: boolean): void {
  face.parentElement?.toggleAttribute(name, is);
}

function place(face: HTMLElement, pixels: number): void {
  face.style.setProperty('--swipe', `${pixels}px`);
  mark(face, 'data-swiping', pixels !== 0);
  mark(face, 'data-enough', Math.abs(pixels) >= ENOUGH);
}

/**
 * A swipe towards the end of the line, by touch or pen. The row follows the finger without a
 * render; letting go past the mark calls `onSwipe`, before it springs back. Needs
 * `touch-action: pan-y` on the row, so that scrolling stays the browser's.
 */
export function useSwipe(onSwipe: () => void): SwipeHandlers {
  const drag = useRef<Drag | null>(null);
  const swallow = useRef(false);

  const end = (event: PointerEvent<HTMLElement>, done: boolean): void => {
    const held = drag.current;
    drag.current = null;
    if (held === null || !held.swiping) return;
    const enough = done && held.way >= ENOUGH;
    place(event.currentTarget, 0);
    // Its row stays aside until the fact is on the disk.
    mark(event.currentTarget, 'data-held', enough);
    swallow.current = true;
    setTimeout(() => (swallow.current = false), 50);
    if (enough) onSwipe();
  };

  return {
    onPointerDown: (event) => {
      if (event.pointerType === 'mouse' || !event.isPrimary) return;
      drag.current = {
        id: event.pointerId,
        x: event.clientX,
        y: event.clientY,
        swiping: false,
        way: 0,
      };
    },
    onPointerMove: (event) => {
      const held = drag.current;
      if (held === null || held.id !== event.pointerId) return;
      const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
      const dx = (event.clientX - held.x) * forward;
      const dy = Math.abs(event.clientY - held.y);
      if (!held.swiping) {
        if (dy > SLACK) drag.current = null;
        if (dx <= SLACK || dx <= dy) return;
        held.swiping = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      held.way = Math.max(0, dx);
      place(event.currentTarget, held.way * forward);
    },
    onPointerUp: (event) => end(event, true),
    onPointerCancel: (event) => end(event, false),
    onClickCapture: (event) => {
      if (!swallow.current) return;
      swallow.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
