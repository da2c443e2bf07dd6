/** Taps nearer than this are one, made by a hand that shook, in ms and CSS pixels. */
const NEAR_MS = 350;
const NEAR_PIXELS = 24;

export interface Tap {
  /** In ms since whenever. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly target: Pick<Node, 'isConnected'>;
}

/**
 * Makes what says of each tap whether it is the second of two quick ones at one place of which the
 * first took away what was tapped: what has come there since, such as the next door, was not meant.
 */
export function makeTapJudge(): (tap: Tap) => boolean {
  let last: Tap | null = null;
  return (tap) => {
    const before = last;
    last = tap;
    if (before === null || before.target.isConnected || tap.at - before.at > NEAR_MS) return false;
    return Math.hypot(tap.x - before.x, tap.y - before.y) <= NEAR_PIXELS;
  };
}

/** Swallows such taps of a finger, wherever on the page. Gives how to stop. */
export function guardDoubleTaps(): () => void {
  const slipped = makeTapJudge();
  let byTouch = false;
  const down = ({ pointerType }: PointerEvent): void => {
    byTouch = pointerType === 'touch';
  };
  const click = (event: MouseEvent): void => {
    const { timeStamp: at, clientX: x, clientY: y, target } = event;
    if (!byTouch || !(target instanceof Node) || !slipped({ at, x, y, target })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('pointerdown', down, true);
  document.addEventListener('click', click, true);
  return () => {
    document.removeEventListener('pointerdown', down, true);
    document.removeEventListener('click', click, true);
  };
}
