import { editDistance } from './edit-distance.ts';
import { areOneName } from './given-names.ts';
import { plainName } from './plain-name.ts';

/** A name in parts, plain: see plainName. */
export interface PlainName {
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  /** The parts of a double last name, and the whole; one where it is simple. */
  readonly lasts: readonly string[];
  readonly suffix: string;
}

const SUFFIXES: Readonly<Record<string, string>> = { JUNIOR: 'JR', SENIOR: 'SR', '2ND': 'II' };

/** Takes a name apart for comparing. */
export function makePlainName(name: {
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly nameSuffix: string;
}): PlainName {
  const last = plainName(name.lastName);
  const parts = name.lastName.split(/[\s-]+/).map(plainName);
  const lasts = [...new Set([last, ...parts.filter((part) => part.length > 2)])];
  const suffix = plainName(name.nameSuffix);
  return {
    first: plainName(name.firstName),
    middle: plainName(name.middleName),
    last,
    lasts,
    suffix: Object.hasOwn(SUFFIXES, suffix) ? (SUFFIXES[suffix] ?? suffix) : suffix,
  };
}

/** Not the same person, whatever else is alike. */
export const NEVER = 1;

function slips(a: string, b: string): boolean {
  const most = a.length >= 9 && b.length >= 9 ? 2 : 1;
  return Math.min(a.length, b.length) >= 5 && editDistance(a, b, most) <= most;
}

function priceOfLast(a: PlainName, b: PlainName): number {
  if (a.last === b.last) return 0;
  if (a.last === '' || b.last === '') return NEVER;
  if (a.lasts.some((part) => b.lasts.includes(part))) return 0.08;
  return slips(a.last, b.last) ? 0.1 : NEVER;
}

function priceOfFirst(a: PlainName, b: PlainName): number {
  if (a.first === b.first) return 0;
  if (a.first === '' || b.first === '') return NEVER;
  if (areOneName(a.first, b.first)) return 0.05;
  const [short, long] = a.first.length < b.first.length ? [a.first, b.first] : [b.first, a.first];
  if (short.length === 1) return long.startsWith(short) ? 0.1 : NEVER;
  if (short.length >= 3 && long.startsWith(short)) return 0.07;
  // Whoever goes by the middle name.
  if (short.length >= 3 && (a.first === b.middle || b.first === a.middle)) return 0.1;
  return slips(a.first, b.first) ? 0.09 : NEVER;
}

/**
 * How much two names differ, from 0 to NEVER. What one of them leaves out is no difference: whom of
 * several that leaves is for whoever asks to decide.
 */
export function compareNames(a: PlainName, b: PlainName): number {
  if (a.suffix !== '' && b.suffix !== '' && a.suffix !== b.suffix) return NEVER;
  const [am, bm] = [a.middle, b.middle];
  // A first name that stands for a middle name has taken its place.
  const apart = am !== '' && bm !== '' && am[0] !== bm[0] && a.first === b.first ? 0.15 : 0;
  return Math.min(NEVER, priceOfLast(a, b) + priceOfFirst(a, b) + apart);
}
