import type { CSSProperties } from 'react';

/** The colour of a turf, as a CSS value. `hue` is 0 to 11 and wraps. */
export function turfColour(hue: number): string {
  return `var(--turf-${((hue % 12) + 12) % 12})`;
}

/** A dot in a turf's colour; always beside its name. */
export function TurfDot({ hue }: { readonly hue: number }) {
  return (
    <span className="turf-dot" aria-hidden style={{ '--hue': turfColour(hue) } as CSSProperties} />
  );
}
