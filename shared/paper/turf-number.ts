import type { TurfId } from '../kernel/ids.ts';

/**
 * What a turf is called where its name is not enough: printed on its paper, and typed to find it
 * again. The last five letters of its id, which chance has made: two turfs of a chapter hardly ever
 * share them.
 */
export function turfNumber(id: TurfId): string {
  return id.slice(-5).toUpperCase();
}
