/** A house number taken apart: `128 1/2` is 128 and ` 1/2`, `12-34` is 12 and `-34`. */
export interface HouseNumber {
  /** NaN when it does not begin with a digit. */
  readonly number: number;
  readonly rest: string;
}

const SHAPE = /^\s*(\d{1,9})(.*)$/;

/** Reads a house number as written. */
export function readHouseNumber(text: string): HouseNumber {
  const [, digits, rest] = SHAPE.exec(text) ?? [];
  if (digits === undefined) return { number: NaN, rest: text.trim() };
  return { number: Number(digits), rest: (rest ?? '').trim() };
}

/** The side of the street that a number stands on; numberless houses come last. */
export type StreetSide = 'odd' | 'even' | 'none';

export function sideOf({ number }: HouseNumber): StreetSide {
  if (Number.isNaN(number)) return 'none';
  return number % 2 === 1 ? 'odd' : 'even';
}
