import type { Mode } from './modes.ts';

/** What a press on the map does with turfs; a miss leaves all as it is. */
export type Press =
  | { readonly kind: 'choose'; readonly keys: readonly string[] }
  | { readonly kind: 'merge'; readonly keys: readonly [first: string, joins: string] }
  | { readonly kind: 'miss' };

/**
 * A press on a turf, or beside all of them (null). While two are merged the first stays chosen until
 * its neighbour is pressed: whoever hits the street between them has not given up.
 */
export function pressTurf(mode: Mode, chosen: string | null, pressed: string | null): Press {
  if (mode === 'merge' && chosen !== null) {
    if (pressed === null) return { kind: 'miss' };
    if (pressed !== chosen) return { kind: 'merge', keys: [chosen, pressed] };
  }
  return { kind: 'choose', keys: pressed === null ? [] : [pressed] };
}
