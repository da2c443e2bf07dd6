const MOST = 1e9;
/** Commas between thousands, as in `1,200`; `0,125` has none. */
const GROUPED = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/**
 * A number as people type it: with a point or a comma before its fraction, or with commas between
 * its thousands. Null for what is no number, `too-large` for one further from nought than 1e9.
 */
export function readNumber(typed: string): number | 'too-large' | null {
  const whole = typed.trim();
  const text = GROUPED.test(whole) ? whole.replaceAll(',', '') : whole.replace(',', '.');
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(text)) return null;
  const number = Number(text);
  return Math.abs(number) <= MOST ? number : 'too-large';
}
