import type { PlaceGrade } from '../model/door.ts';
import { matchStreet } from './match-street.ts';
import {
  addressKey,
  normaliseNumber,
  normaliseStreet,
  normaliseUnit,
  normaliseZip,
  type NormalStreet,
} from './normalise-address.ts';
import { placeAlongStreet, type StreetRange } from './place-along-street.ts';

/** An address with a place, out of the chapter's list of addresses. */
export interface AddressPoint {
  /** The point's id in the list that it came from; empty when that has none. */
  readonly sourceId: string;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly lon: number | null;
  readonly lat: number | null;
  /** For a lot of a park, which has a place of its own beside others of the same number; else empty. */
  readonly unit: string;
}

/** A piece of a street with its name as written. */
export interface NamedRange extends StreetRange {
  readonly street: string;
}

/** What is looked up: number and street as written. */
export interface AskedAddress {
  readonly number: string;
  readonly half: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly unit: string;
  readonly unitType: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

export type UnplacedReason =
  | 'no-map'
  | 'po-box'
  | 'no-number'
  | 'street-unknown'
  | 'number-unknown'
  | 'no-coordinates'
  | 'several-places';

/** The address as the chapter's own list spells it where it is known there, and its place. */
export interface MatchedAddress {
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grade: PlaceGrade;
  /** How surely it stands there: 1 for an exact match, 0 without a place. */
  readonly score: number;
  /** The list's id of the point that it stands on; null when it stands on none. */
  readonly addressId: string | null;
  /** Equal for all spellings of this address: number, street, and zip or else town. */
  readonly key: string;
  readonly reason: UnplacedReason | null;
}

const SCORES: Readonly<Record<PlaceGrade, number>> = {
  exact: 1,
  settled: 1,
  tolerant: 0.85,
  given: 0.8,
  interpolated: 0.7,
  none: 0,
};

const PO_BOX = /^P\.?\s*O\.?\s*BOX\b|^POST OFFICE BOX\b|^BOX \d/i;

/**
 * The chapter's addresses and streets, ready to be asked. An address is looked up by its exact key;
 * then with a street name misspelt or incomplete, or a house number without its letter; then at the
 * coordinates that the file gives; then along the street's ranges of numbers.
 */
export class AddressIndex {
  /** By street and then by number, which takes a third of the memory that one key for both does. */
  readonly #points = new Map<string, Map<string, AddressPoint[]>>();
  /** Points that are one unit of an address, by address and then by unit. */
  readonly #lots = new Map<string, Map<string, AddressPoint[]>>();
  /** One copy of each name and zip, since every point brings its own. */
  readonly #words = new Map<string, string>();
  readonly #ranges = new Map<string, StreetRange[]>();
  readonly #streets = new Map<string, { street: NormalStreet; shown: string }>();
  readonly #asked = new Map<string, NormalStreet>();
  readonly #candidates = new Map<string, readonly NormalStreet[][]>();

  constructor(points: Iterable<AddressPoint>, ranges: Iterable<NamedRange>) {
    for (const point of points) this.#addPoint(point);
    for (const range of ranges) {
      const street = this.#know(range.street);
      push(this.#ranges, street.key, range);
    }
  }

  /** Never fails: what has no place gets grade `none`, a reason, and a key of its own. */
  match(asked: AskedAddress): MatchedAddress {
    const number = normaliseNumber(asked.number, asked.half);
    const street = this.#normalise(asked.street);
    const lots = this.#lots.size > 0 ? this.#lots.get(addressKey(number, street.key)) : undefined;
    const lot = this.#matchLot(lots, number, street, asked);
    if (lot !== null) return lot;
    const exact = this.#choose(this.#points.get(street.key)?.get(number), asked);
    if (exact !== null && exact.lon !== null) return found(exact, 'exact', number, street.key);
    const tolerant = exact === null ? this.#matchTolerantly(number, street, asked) : null;
    if (tolerant !== null && tolerant !== 'several') return tolerant;
    if (asked.lon !== null && asked.lat !== null) {
      return this.#own(asked, number, street, [asked.lon, asked.lat], 'given');
    }
    const along = this.#interpolate(number, street, asked);
    if (along !== null) return along;
    const reason = exact === null ? null : 'no-coordinates';
    return this.#unplaced(
      asked,
      number,
      street,
      tolerant === 'several' ? 'several-places' : reason,
    );
  }

  #matchLot(
    lots: ReadonlyMap<string, AddressPoint[]> | undefined,
    number: string,
    street: NormalStreet,
    asked: AskedAddress,
  ): MatchedAddress | null {
    if (lots === undefined) return null;
    const unit = normaliseUnit(asked.unit, asked.unitType);
    const lot = this.#choose(lots.get(unit), asked);
    if (lot === null || lot.lon === null) return null;
    const match = found(lot, 'exact', number, street.key);
    return { ...match, key: `${match.key}#${unit}` };
  }

  #matchTolerantly(
    number: string,
    street: NormalStreet,
    asked: AskedAddress,
  ): MatchedAddress | 'several' | null {
    if (number === '') return null;
    for (const rank of this.#candidatesOf(street)) {
      const hits = rank.flatMap((candidate) => {
        const point = this.#choose(this.#points.get(candidate.key)?.get(number), asked);
        return point === null || point.lon === null ? [] : [{ point, key: candidate.key }];
      });
      const [hit] = hits;
      if (hits.length > 1) return 'several';
      if (hit !== undefined) return found(hit.point, 'tolerant', number, hit.key);
    }
    return this.#matchDigits(number, street, asked);
  }

  /** A rear house or a lettered half stands by the house of its number, but stays its own building. */
  #matchDigits(number: string, street: NormalStreet, asked: AskedAddress): MatchedAddress | null {
    const digits = /^\d+/.exec(number)?.[0];
    if (digits === undefined) return null;
    const [[candidate] = []] = this.#candidatesOf(street);
    if (candidate === undefined) return null;
    const numbers = this.#points.get(candidate.key) ?? new Map<string, AddressPoint[]>();
    // `289A` and `289R` under `289`.
    const near = [...numbers].filter(([other]) => /^\d+/.exec(other)?.[0] === digits);
    const point = this.#choose(
      near.flatMap(([, points]) => points),
      asked,
    );
    if (point === null || point.lon === null || point.lat === null) return null;
    return this.#own(asked, number, candidate, [point.lon, point.lat], 'tolerant', point);
  }

  #interpolate(number: string, street: NormalStreet, asked: AskedAddress): MatchedAddress | null {
    const digits = Number(/^\d+/.exec(number)?.[0] ?? NaN);
    for (const rank of this.#candidatesOf(street)) {
      for (const candidate of rank) {
        const place = placeAlongStreet(this.#ranges.get(candidate.key) ?? [], digits);
        if (place !== null) return this.#own(asked, number, candidate, place, 'interpolated');
      }
    }
    return null;
  }

  #unplaced(
    asked: AskedAddress,
    number: string,
    street: NormalStreet,
    because: UnplacedReason | null,
  ): MatchedAddress {
    const reason = because ?? this.#whyUnknown(asked, number, street);
    return { ...this.#own(asked, number, street, null, 'none'), reason };
  }

  #whyUnknown(asked: AskedAddress, number: string, street: NormalStreet): UnplacedReason {
    if (PO_BOX.test(asked.street.trim())) return 'po-box';
    if (this.#streets.size === 0) return 'no-map';
    if (number === '') return 'no-number';
    return this.#candidatesOf(street).length > 0 ? 'number-unknown' : 'street-unknown';
  }

  #own(
    asked: AskedAddress,
    number: string,
    street: NormalStreet,
    place: readonly [number, number] | null,
    grade: PlaceGrade,
    near: AddressPoint | null = null,
  ): MatchedAddress {
    const city = asked.city || (near?.city ?? '');
    const zip = normaliseZip(near?.zip || asked.zip);
    return {
      number: number || asked.number,
      street: this.#streets.get(street.key)?.shown ?? asked.street,
      city,
      zip,
      lon: place?.[0] ?? null,
      lat: place?.[1] ?? null,
      grade,
      score: SCORES[grade],
      addressId: (grade === 'tolerant' && near?.sourceId) || null,
      key: `${addressKey(number, street.key)}|${zip || city.toUpperCase()}`,
      reason: null,
    };
  }

  /** The right one of several towns' addresses of one name: by zip, else by town. */
  #choose(points: readonly AddressPoint[] | undefined, asked: AskedAddress): AddressPoint | null {
    const [only] = points ?? [];
    if (points === undefined || only === undefined) return null;
    const zip = normaliseZip(asked.zip);
    if (points.length === 1 && zip !== '' && normaliseZip(only.zip) === zip) return only;
    const city = asked.city.toUpperCase();
    const placed = points.filter((point) => point.lon !== null);
    const choice = placed.length > 0 ? placed : points;
    const byZip = choice.find((point) => zip !== '' && normaliseZip(point.zip) === zip);
    if (byZip !== undefined) return byZip;
    const fits = choice.filter(
      (point) => city === '' || point.city === '' || point.city.toUpperCase() === city,
    );
    const zips = new Set(fits.map((point) => point.zip));
    return zips.size === 1 ? (fits[0] ?? null) : null;
  }

  /** The street itself when the map knows it; else those it may stand for, equals together. */
  #candidatesOf(street: NormalStreet): readonly NormalStreet[][] {
    const own = this.#streets.get(street.key);
    if (own !== undefined) return [[own.street]];
    const known = this.#candidates.get(street.key);
    if (known !== undefined) return known;
    const ranks: NormalStreet[][] = [];
    let last = 2;
    const all = Array.from(this.#streets.values(), (entry) => entry.street);
    for (const { street: candidate, score } of matchStreet(street, all)) {
      if (last - score > 0.03) ranks.push([candidate]);
      else ranks.at(-1)?.push(candidate);
      last = score;
    }
    this.#candidates.set(street.key, ranks);
    return ranks;
  }

  #addPoint({
    sourceId,
    number: shown,
    street: name,
    city,
    zip,
    lon,
    lat,
    unit,
  }: AddressPoint): void {
    const street = this.#know(this.#word(name));
    const number = normaliseNumber(shown);
    const point: AddressPoint = {
      sourceId,
      number: shown,
      street: this.#word(name),
      city: this.#word(city),
      zip: this.#word(zip),
      lon,
      lat,
      unit,
    };
    let numbers = this.#points.get(street.key);
    if (numbers === undefined) this.#points.set(street.key, (numbers = new Map()));
    push(numbers, number, point);
    if (unit !== '') {
      const address = addressKey(number, street.key);
      let lots = this.#lots.get(address);
      if (lots === undefined) this.#lots.set(address, (lots = new Map<string, AddressPoint[]>()));
      push(lots, normaliseUnit(unit), point);
    }
  }

  #word(text: string): string {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    this.#words.set(text, text);
    return text;
  }

  #know(name: string): NormalStreet {
    const street = this.#normalise(name);
    if (!this.#streets.has(street.key)) this.#streets.set(street.key, { street, shown: name });
    return street;
  }

  #normalise(name: string): NormalStreet {
    const known = this.#asked.get(name);
    if (known !== undefined) return known;
    const street = normaliseStreet(name);
    this.#asked.set(name, street);
    return street;
  }
}

function found(
  point: AddressPoint,
  grade: PlaceGrade,
  numberKey: string,
  streetKey: string,
): MatchedAddress {
  const zip = normaliseZip(point.zip);
  return {
    number: point.number,
    street: point.street,
    city: point.city,
    zip,
    lon: point.lon,
    lat: point.lat,
    grade,
    score: SCORES[grade],
    addressId: point.sourceId || null,
    key: `${addressKey(numberKey, streetKey)}|${zip || point.city.toUpperCase()}`,
    reason: null,
  };
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
