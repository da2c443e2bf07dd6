/** What a key does while something is drawn. */
export type DrawAction =
  | { readonly kind: 'give-up' }
  | { readonly kind: 'back' }
  /** Sets a corner in the middle of the map. */
  | { readonly kind: 'corner' }
  | { readonly kind: 'close' }
  | { readonly kind: 'choose'; readonly by: 1 | -1 }
  | { readonly kind: 'drop-corner' }
  /** In CSS pixels. */
  | { readonly kind: 'nudge'; readonly right: number; readonly down: number };

const NUDGE = 8;
const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export interface DrawState {
  /** An outline that exists is given another shape. */
  readonly reshaping: boolean;
  readonly corners: number;
  /** The corner that arrows move. */
  readonly chosen: number | null;
}

/**
 * The action of a key press; null leaves it to the map and the page. What exists is undone by the
 * page, which knows more than this outline: only corners that are not closed yet are taken back here.
 */
export function drawAction(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
  { reshaping, corners, chosen }: DrawState,
): DrawAction | null {
  const { key } = event;
  const drafting = !reshaping && corners > 0;
  if (event.ctrlKey || event.metaKey) {
    return key === 'z' && !event.shiftKey && drafting ? { kind: 'back' } : null;
  }
  if (key === 'Escape') return { kind: 'give-up' };
  if (!reshaping) {
    if (key === 'Backspace' || key === 'Delete') return drafting ? { kind: 'back' } : null;
    if (key === 'Enter' && corners > 2) return { kind: 'close' };
    return key === 'Enter' || key === ' ' ? { kind: 'corner' } : null;
  }
  if (key === 'n' || key === 'p') return { kind: 'choose', by: key === 'n' ? 1 : -1 };
  if (chosen === null) return null;
  if (key === 'Delete' || key === 'Backspace') return { kind: 'drop-corner' };
  const way = ARROWS[key];
  if (!way) return null;
  const by = event.shiftKey ? 1 : NUDGE;
  return { kind: 'nudge', right: way[0] * by, down: way[1] * by };
}
