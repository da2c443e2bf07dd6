/** Movement that decides whether a finger drags or scrolls, in CSS pixels. */
const SLACK = 4;
/** So far away and it goes: in CSS pixels; or faster than so many a millisecond. */
const FAR = 96;
const FAST = 0.5;

type Way = 'down' | 'right';

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly began: number;
  way: Way | null;
  far: number;
}

/** True while something between the finger and the element can still be scrolled up. */
function isScrolled(target: EventTarget | null, element: HTMLElement): boolean {
  for (
    let each = target instanceof Element ? target : null;
    each !== null && element.contains(each);
    each = each.parentElement
  ) {
    if (each.scrollTop > 0) return true;
  }
  return false;
}

/**
 * Lets a finger draw the element away, down or (where `ways` says so) to the right; beyond a mark it
 * calls `onAway`, before it springs back. Tells the style sheet by `data-swiping`, `--drag-x` and
 * `--drag-y`. What has `data-own-drag` keeps its drags. Gives what ends it.
 */
export function dragAway(
  element: HTMLElement,
  ways: readonly Way[],
  onAway: () => void,
): () => void {
  let drag: Drag | null = null;

  const place = (way: Way, far: number): void => {
    element.toggleAttribute('data-swiping', far > 0);
    element.style.setProperty(way === 'down' ? '--drag-y' : '--drag-x', `${far}px`);
  };

  const begin = ({ touches, target, timeStamp }: TouchEvent): void => {
    const [touch] = touches;
    const own = target instanceof Element && target.closest('[data-own-drag]') !== null;
    drag =
      touch === undefined || touches.length > 1 || own
        ? null
        : { x: touch.clientX, y: touch.clientY, began: timeStamp, way: null, far: 0 };
  };

  const move = (event: TouchEvent): void => {
    const [touch] = event.touches;
    if (drag === null || touch === undefined) return;
    const x = touch.clientX - drag.x;
    const y = touch.clientY - drag.y;
    if (drag.way === null) {
      if (Math.max(Math.abs(x), Math.abs(y)) < SLACK) return;
      const way = y > Math.abs(x) ? 'down' : x > Math.abs(y) ? 'right' : null;
      if (way === null || !ways.includes(way) || isScrolled(event.target, element)) {
        drag = null;
        return;
      }
      drag.way = way;
    }
    if (event.cancelable) event.preventDefault();
    drag.far = Math.max(0, drag.way === 'down' ? y : x);
    place(drag.way, drag.far);
  };

  const end = (event: TouchEvent): void => {
    const held = drag;
    drag = null;
    if (held === null || held.way === null) return;
    const speed = held.far / Math.max(1, event.timeStamp - held.began);
    if (event.type === 'touchend' && (held.far > FAR || (held.far > FAR / 4 && speed > FAST))) {
      onAway();
    }
    place(held.way, 0);
  };

  element.addEventListener('touchstart', begin, { passive: true });
  element.addEventListener('touchmove', move, { passive: false });
  element.addEventListener('touchend', end);
  element.addEventListener('touchcancel', end);
  return () => {
    element.removeEventListener('touchstart', begin);
    element.removeEventListener('touchmove', move);
    element.removeEventListener('touchend', end);
    element.removeEventListener('touchcancel', end);
  };
}
