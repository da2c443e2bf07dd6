import type { PointCandidate } from '#shared/model/unmatched.ts';
import { splitNumber } from '#shared/roll/match-points.ts';
import { compareStreets } from '#shared/roll/match-street.ts';
import {
  addressKey,
  normaliseNumber,
  normaliseStreet,
  type NormalStreet,
} from '#shared/roll/normalise-address.ts';
import { parseAddressLine } from '#shared/roll/parse-address.ts';
import { remember } from '#shared/roll/remember.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import {
  type ListedPoint,
  type ListedStreet,
  readListedStreets,
  readPointsOf,
  readPointsOn,
} from '../store/find-points.ts';

/** How many answers a person looks through. */
const MOST = 12;
/** Streets whose houses are looked at when none has the number. */
const STREETS = 4;
const HOUSES = 2000;
/** The name begins with what was typed so far. */
const BEGUN = 0.15;
/** Each house number away from the one typed, up to a most. */
const AWAY = 0.01;
const FARTHEST = 0.4;

const normalise = remember(normaliseStreet, 50_000);

interface Fitting {
  readonly of: ListedStreet;
  readonly street: NormalStreet;
  readonly penalty: number;
}

/**
 * The points of the chapter's list that what was typed may mean, best first: on the streets that
 * fit, with the number typed; where no street has it, the houses nearest to it.
 */
export async function searchPoints(db: ChapterDb, typed: string): Promise<PointCandidate[]> {
  const parts = parseAddressLine(typed);
  const number = normaliseNumber(parts.number);
  const streets = fitStreets(normaliseStreet(parts.street), await readListedStreets(db.read));
  if (number !== '') {
    const keys = [...new Set(streets.map(({ street }) => addressKey(number, street.key)))];
    const points = await readPointsOf(db.read, keys.slice(0, 50));
    if (points.length > 0) return rank(points, streets, null);
  }
  const [digits] = splitNumber(number);
  const found: ListedPoint[] = [];
  for (const { of } of streets.slice(0, STREETS)) {
    found.push(...(await readPointsOn(db.read, of, HOUSES)));
  }
  return rank(found, streets, digits);
}

function fitStreets(asked: NormalStreet, streets: readonly ListedStreet[]): Fitting[] {
  if (asked.name === '') return [];
  const fitting: Fitting[] = [];
  for (const of of streets) {
    const street = normalise(of.street);
    const begun = street.name.startsWith(asked.name) ? BEGUN : null;
    const penalty = compareStreets(asked, street) ?? begun;
    if (penalty !== null && penalty <= 0.4) fitting.push({ of, street, penalty });
  }
  return fitting.sort((a, b) => a.penalty - b.penalty);
}

function rank(
  points: readonly ListedPoint[],
  streets: readonly Fitting[],
  digits: number | null,
): PointCandidate[] {
  const penalties = new Map(streets.map(({ street, penalty }) => [street.key, penalty]));
  const found = points.flatMap((point): PointCandidate[] => {
    const { source_id: addressId, number, street, city, zip, lon, lat } = point;
    if (lon === null || lat === null) return [];
    const [own] = splitNumber(number);
    const away = digits === null ? 0 : Math.min(FARTHEST, AWAY * Math.abs(own - digits));
    const penalty = (penalties.get(normalise(street).key) ?? FARTHEST) + away;
    const score = Math.max(0, Math.round((1 - penalty) * 100) / 100);
    return [{ addressId, number, street, city, zip, lon, lat, score }];
  });
  return found.sort((a, b) => b.score - a.score).slice(0, MOST);
}
