import { useEffect, useRef, useState, type RefObject } from 'react';

export interface Dragged {
  readonly from: number;
  readonly to: number;
}

/** How near to the edge of what scrolls, in pixels, a drag scrolls it. */
const EDGE = 48;

/**
 * Drags the items of a list by their grips (`data-at`), with mouse, pen or finger; Escape lets go
 * without a change. Gives what is held and where it would go.
 */
export function useDragOrder(
  list: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
): Dragged | null {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const latest = useRef(onMove);
  useEffect(() => {
    latest.current = onMove;
  });
  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const stop = new AbortController();
    let held: { from: number; to: number; pointer: number } | null = null;
    const show = (): void => setDragged(held === null ? null : { from: held.from, to: held.to });
    const down = (event: PointerEvent): void => {
      const grip = (event.target as Element).closest<HTMLElement>('[data-at]');
      if (grip === null || event.button !== 0) return;
      event.preventDefault();
      grip.focus();
      grip.setPointerCapture(event.pointerId);
      const from = Number(grip.dataset['at']);
      held = { from, to: from, pointer: event.pointerId };
      show();
    };
    const drag = (event: PointerEvent): void => {
      if (held?.pointer !== event.pointerId) return;
      scrollNear(box, event.clientY);
      const items = [...box.children].map((item) => item.getBoundingClientRect());
      const over = items.findIndex(({ bottom }) => event.clientY < bottom);
      const to = over === -1 ? items.length - 1 : over;
      if (to === held.to) return;
      held.to = to;
      show();
    };
    const drop = (event: PointerEvent): void => {
      if (held?.pointer !== event.pointerId) return;
      const { from, to } = held;
      held = null;
      show();
      if (event.type === 'pointerup' && from !== to) latest.current(from, to);
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || held === null) return;
      held = null;
      show();
    };
    const { signal } = stop;
    box.addEventListener('pointerdown', down, { signal });
    box.addEventListener('pointermove', drag, { signal });
    box.addEventListener('pointerup', drop, { signal });
    box.addEventListener('pointercancel', drop, { signal });
    window.addEventListener('keydown', escape, { signal });
    return () => stop.abort();
  }, [list]);
  return dragged;
}

/** A long list moves on under what is held at its edge. */
function scrollNear(box: HTMLElement, y: number): void {
  let scroller: HTMLElement | null = box.parentElement;
  while (scroller !== null && getComputedStyle(scroller).overflowY !== 'auto') {
    scroller = scroller.parentElement;
  }
  const { top, bottom } = scroller?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  const by = y < top + EDGE ? -12 : y > bottom - EDGE ? 12 : 0;
  if (by !== 0) (scroller ?? window).scrollBy(0, by);
}
