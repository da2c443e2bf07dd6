import { editDistance } from './edit-distance.ts';
import type { NormalStreet } from './normalise-address.ts';
import { DIRECTIONS } from './street-words.ts';

export interface StreetCandidate {
  readonly street: NormalStreet;
  /** 1 is the same street; below 0.6 is no candidate. */
  readonly score: number;
}

const LEAST = 0.6;

/** The streets that a name which is on no map may stand for, best first. */
export function matchStreet(
  asked: NormalStreet,
  streets: Iterable<NormalStreet>,
): StreetCandidate[] {
  const found: StreetCandidate[] = [];
  for (const street of streets) {
    const score = scoreStreet(asked, street);
    if (score >= LEAST) found.push({ street, score });
  }
  return found.sort((a, b) => b.score - a.score || (a.street.key < b.street.key ? -1 : 1));
}

/**
 * How well two names fit: letters may be mistaken (one in a short name, two in a long one), a type
 * or a direction may be missing or the type another; never another direction, never other digits.
 */
function scoreStreet(a: NormalStreet, b: NormalStreet): number {
  const pre = scoreDirection(a.pre, b.pre);
  const post = scoreDirection(a.post, b.post);
  if (pre === null || post === null) return 0;
  const type = a.type === b.type ? 0 : a.type === '' || b.type === '' ? 0.1 : 0.25;
  const name = scoreName(a.name, b.name);
  return name === null ? 0 : 1 - name - type - pre - post;
}

function scoreDirection(a: string, b: string): number | null {
  if (a === b) return 0;
  return a === '' || b === '' ? 0.1 : null;
}

function scoreName(a: string, b: string): number | null {
  const [x, y] = [a.replaceAll(' ', ''), b.replaceAll(' ', '')];
  if (x === y) return 0;
  // "N St" for North Street: a name that is itself a direction.
  const direction = DIRECTIONS.get(x);
  if (direction !== undefined && direction === DIRECTIONS.get(y)) return 0.05;
  if (x.replace(/\D/g, '') !== y.replace(/\D/g, '') || /\d/.test(x)) return null;
  const length = Math.min(x.length, y.length);
  const limit = length >= 8 ? 2 : length >= 4 ? 1 : 0;
  if (limit === 0) return null;
  const distance = editDistance(x, y, limit);
  return distance > limit ? null : 0.12 * distance;
}
