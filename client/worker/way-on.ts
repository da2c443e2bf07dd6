import { WayFinder } from '../../shared/walk/way-finder.ts';
import type { WayAnswer, WayGround, WayQuestion } from './way-on-messages.ts';

/**
 * Finds the next door of a walk that has left its order, away from the thread that draws: the list
 * never waits for it.
 */
let finder: WayFinder | null = null;

self.addEventListener('message', ({ data }: MessageEvent<WayGround | WayQuestion>) => {
  if (data.kind === 'ground') {
    finder = new WayFinder(data.doors, data.streets, data.oneSide);
    return;
  }
  const began = performance.now();
  const next = finder?.next(data.from, data.left) ?? null;
  const answer: WayAnswer = { key: data.key, next, ms: performance.now() - began };
  self.postMessage(answer);
});
