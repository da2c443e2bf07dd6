import { useEffect, useState } from 'react';
import type { Universe } from '#shared/model/universe.ts';
import { FIRST_WISH, type CutWish } from './cut-wish.ts';

/** What was wished for last in this tab, by universe. */
const last = new Map<string, CutWish>();

/**
 * How a universe shall be cut: as was wished in this tab, after a look at a walk or the board too;
 * before that as its plan was kept with, by whomever.
 */
export function useCutWish(
  universe: Universe,
): readonly [wish: CutWish, setWish: (wish: CutWish) => void] {
  const { id, planSize } = universe;
  const [wish, setWish] = useState(() => last.get(id) ?? planSize ?? FIRST_WISH);
  useEffect(() => {
    // A size that nobody chose is no wish: another computer may keep one meanwhile.
    if (wish !== planSize && wish !== FIRST_WISH) last.set(id, wish);
  }, [id, wish, planSize]);
  return [wish, setWish];
}
