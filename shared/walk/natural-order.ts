const PIECES = /\d+|\D+/g;

/**
 * Compares two short texts as people read them: digits by their value, other letters without
 * regard to case. `2` before `10`, `3A` before `12A`, `A2` before `A10`. A total order: only equal
 * texts give 0. Independent of the locale, so that list, map and paper agree on every machine.
 */
export function compareNatural(a: string, b: string): number {
  const left = a.toUpperCase().match(PIECES) ?? [];
  const right = b.toUpperCase().match(PIECES) ?? [];
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const order = comparePiece(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function comparePiece(a: string, b: string): number {
  const numbers = isDigit(a) && isDigit(b);
  if (!numbers) return compareText(a, b);
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  // By length first: house numbers as text can be longer than a number is exact.
  return left.length - right.length || compareText(left, right);
}

const isDigit = (text: string): boolean => text.charCodeAt(0) >= 48 && text.charCodeAt(0) <= 57;

/** Compares by code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
