import { ChapterBox } from './chapter-box.ts';
import type { PlaceGrade } from '../model/door.ts';
import { normaliseUnit } from '../model/unit-name.ts';
import { interpolate } from './match-along.ts';
import { matchNumber, type NumberHit } from './match-number.ts';
import { LEAST_SCORE, MARGIN } from './match-penalties.ts';
import { PointTable, splitNumber } from './match-points.ts';
import { knowStreet } from './match-street.ts';
import { type Found, type MappedStreet, StreetFinder } from './match-streets-of.ts';
import { metresBetween } from './metres-between.ts';
import {
  addressKey,
  normaliseNumber,
  normaliseStreet,
  normaliseZip,
  type NormalStreet,
} from './normalise-address.ts';
import type { StreetRange } from './place-along-street.ts';
import { remember } from './remember.ts';

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
  /** Of its two sides; empty where the map does not say. */
  readonly zips: readonly string[];
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

/** Where somebody of the chapter put an address that was not found. */
export interface SettledPlace {
  /** As in MatchedAddress. */
  readonly key: string;
  readonly lon: number;
  readonly lat: number;
  /** The point that was chosen; null for a pin. */
  readonly addressId: string | null;
}

export type UnplacedReason =
  | 'no-map'
  | 'po-box'
  | 'no-number'
  | 'street-unknown'
  | 'number-unknown'
  | 'no-coordinates'
  | 'other-town'
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
  /** How surely it stands there: 1 for an exact match, less by PENALTIES, 0 without a place. */
  readonly score: number;
  /** The list's id of the point that it stands on; null when it stands on none. */
  readonly addressId: string | null;
  /** Equal for all spellings of this address: number, street, and zip or else town. */
  readonly key: string;
  readonly reason: UnplacedReason | null;
}

const PO_BOX = /^P\.?\s*O\.?\s*BOX\b|^POST OFFICE BOX\b|^BOX \d/i;
/** Points of one address that are nearer to each other than this are one place. In metres. */
const ONE_PLACE = 60;
/** Of the file's own coordinates: nobody here has looked at them. */
const GIVEN_SCORE = 0.8;

/** A number looked for: as the file has it and in its normal form, with its street. */
interface Asked {
  readonly address: AskedAddress;
  readonly number: string;
  readonly street: NormalStreet;
}

/**
 * The chapter's addresses and streets, ready to be asked. An address stands where somebody settled
 * it; else on the point of its exact number and street; else on the one that it differs least from
 * (see PENALTIES), when that is sure enough; else at the coordinates that the file gives; else among
 * the numbers of its street. Never in another town than it says.
 */
export class AddressIndex {
  readonly #table = new PointTable();
  readonly #streets: StreetFinder;
  readonly #settled = new Map<string, SettledPlace>();
  readonly #normalise = remember(normaliseStreet);
  /** How far the chapter's list of addresses reaches. */
  readonly box = new ChapterBox();

  constructor(
    points: Iterable<AddressPoint>,
    ranges: Iterable<NamedRange>,
    settled: Iterable<SettledPlace> = [],
  ) {
    const streets = new Map<string, MappedStreet>();
    for (const point of points) this.#addPoint(point, streets);
    this.#table.seal();
    for (const piece of this.#table.pieces) streets.get(piece.streetKey)?.pieces.push(piece);
    for (const range of ranges) this.#know(range.street, streets).ranges.push(range);
    this.#streets = new StreetFinder(streets);
    for (const place of settled) this.#settled.set(place.key, place);
  }

  /** How many points there are, and the bytes that their table takes. */
  get size(): { readonly points: number; readonly bytes: number } {
    return { points: this.#table.size, bytes: this.#table.bytes };
  }

  /** Never fails: what has no place gets grade `none`, a reason, and a key of its own. */
  match(address: AskedAddress): MatchedAddress {
    const number = normaliseNumber(address.number, address.half);
    const street = this.#normalise(address.street);
    const asked: Asked = { address, number, street };
    const settled = this.#matchSettled(asked);
    if (settled !== null) return settled;
    const streets = this.#streets.find(street, address);
    const onPoint = number === '' ? null : this.#matchPoint(asked, streets);
    if (onPoint !== null && typeof onPoint === 'object') return onPoint;
    const { lon, lat } = address;
    if (lon !== null && lat !== null) {
      return this.#own(asked, street, [lon, lat], 'given', GIVEN_SCORE);
    }
    if (onPoint !== 'several-places') {
      const [digits] = splitNumber(number);
      const along = digits > 0 ? interpolate(this.#table, streets, digits) : null;
      if (along !== null && along !== 'several-places') {
        const { place, score } = along;
        const own = this.#own(asked, along.street, place, 'interpolated', score);
        // The list may have this very address, and no place for it.
        return onPoint === null ? own : { ...own, addressId: this.#listedId(asked, streets) };
      }
      if (along !== null) return this.#unplaced(asked, along);
    }
    return this.#unplaced(asked, onPoint ?? this.#whyUnknown(asked, streets));
  }

  #matchSettled(asked: Asked): MatchedAddress | null {
    if (this.#settled.size === 0) return null;
    const none = this.#own(asked, asked.street, null, 'none', 0);
    const found = this.#settled.get(none.key);
    if (found === undefined) return null;
    const { lon, lat, addressId } = found;
    return { ...none, lon, lat, grade: 'settled', score: 1, addressId };
  }

  #matchPoint(asked: Asked, streets: readonly Found[]): MatchedAddress | UnplacedReason | null {
    const hits = streets
      .flatMap(({ piece, penalty }) =>
        matchNumber(this.#table, piece, asked.number, normaliseUnitOf(asked)).map((hit) => ({
          ...hit,
          penalty: hit.penalty + penalty,
        })),
      )
      .sort((a, b) => a.penalty - b.penalty);
    const placed = hits.filter(({ row }) => this.#table.placeAt(row) !== null);
    const [best] = placed;
    if (best === undefined) return hits[0]?.penalty === 0 ? 'no-coordinates' : null;
    if (round(1 - best.penalty) < LEAST_SCORE) return null;
    if (hits[0] !== best && hits[0]?.penalty === 0) return 'no-coordinates';
    if (placed.some((other) => this.#rivals(best, other))) return 'several-places';
    return this.#found(asked, best);
  }

  /** The id of the point that is this address, with or without a place. */
  #listedId(asked: Asked, streets: readonly Found[]): string | null {
    for (const { piece } of streets) {
      const [hit] = matchNumber(this.#table, piece, asked.number, normaliseUnitOf(asked));
      if (hit?.penalty === 0) return this.#table.sourceIdAt(hit.row) || null;
    }
    return null;
  }

  /** True when another point fits about as well and is somewhere else. */
  #rivals(best: NumberHit, other: NumberHit): boolean {
    if (other === best || other.penalty - best.penalty >= MARGIN) return false;
    // What differs in nothing is not in doubt because of what does.
    if (best.penalty === 0 && other.penalty > 0) return false;
    if (best.piece.streetKey !== other.piece.streetKey) return true;
    const [a, b] = [this.#table.placeAt(best.row), this.#table.placeAt(other.row)];
    if (best.piece === other.piece || a === null || b === null) return false;
    return metresBetween(a, b) > ONE_PLACE;
  }

  #found(asked: Asked, { row, piece, penalty, own, unit }: NumberHit): MatchedAddress {
    const place = this.#table.placeAt(row);
    const score = round(1 - penalty);
    const addressId = this.#table.sourceIdAt(row) || null;
    const grade = penalty < 0.05 ? 'exact' : 'tolerant';
    const zip = normaliseZip(piece.zip);
    const [lon, lat] = place ?? [null, null];
    const at = { lon, lat, grade, score, addressId, reason: null } as const;
    const where = { street: piece.shown, city: piece.city, zip };
    const end = zip || piece.city.toUpperCase();
    if (own) {
      // A rear house or a lettered half stands by the house of its number, but is its own building.
      const key = `${addressKey(asked.number, piece.streetKey)}|${end}`;
      return { number: asked.number, ...where, ...at, key };
    }
    const number = this.#table.numberAt(row);
    const key = `${addressKey(number, piece.streetKey)}|${end}${unit ? `#${unit}` : ''}`;
    return { number, ...where, ...at, key };
  }

  #unplaced(asked: Asked, reason: UnplacedReason): MatchedAddress {
    return { ...this.#own(asked, asked.street, null, 'none', 0), reason };
  }

  #whyUnknown({ address, number, street }: Asked, streets: readonly Found[]): UnplacedReason {
    if (PO_BOX.test(address.street.trim())) return 'po-box';
    if (this.#streets.size === 0) return 'no-map';
    if (number === '') return 'no-number';
    if (streets.length > 0 || this.#streets.hasRanges(street)) return 'number-unknown';
    const elsewhere = this.#streets.everywhere(street);
    const there = elsewhere.some((piece) => matchNumber(this.#table, piece, number, '').length > 0);
    return there ? 'other-town' : 'street-unknown';
  }

  #own(
    { address, number }: Asked,
    street: NormalStreet,
    place: readonly [number, number] | null,
    grade: PlaceGrade,
    score: number,
  ): MatchedAddress {
    const zip = normaliseZip(address.zip);
    return {
      number: number || address.number,
      street: this.#streets.shownOf(street) ?? address.street,
      city: address.city,
      zip,
      lon: place?.[0] ?? null,
      lat: place?.[1] ?? null,
      grade,
      score: round(score),
      addressId: null,
      key: `${addressKey(number, street.key)}|${zip || address.city.toUpperCase()}`,
      reason: null,
    };
  }

  #addPoint(point: AddressPoint, streets: Map<string, MappedStreet>): void {
    const { street: shown, city, zip, lon, lat, sourceId } = point;
    this.box.add(lon, lat);
    const { street } = this.#know(shown, streets);
    const unit = point.unit === '' ? '' : normaliseUnit(point.unit);
    const number = normaliseNumber(point.number);
    const piece = { streetKey: street.key, shown, city, zip };
    this.#table.add(piece, { number, lon, lat, sourceId, unit });
  }

  #know(shown: string, streets: Map<string, MappedStreet>): MappedStreet {
    const street = this.#normalise(shown);
    let known = streets.get(street.key);
    if (known === undefined) {
      known = { ...knowStreet(street), shown, pieces: [], ranges: [] };
      streets.set(street.key, known);
    }
    return known;
  }
}

function normaliseUnitOf({ address: { unit, unitType } }: Asked): string {
  return normaliseUnit(unit, unitType);
}

/** Two places: a score says no more. */
function round(score: number): number {
  return Math.round(score * 100) / 100;
}
