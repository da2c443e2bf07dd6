import { PENALTIES } from './match-penalties.ts';
import type { Piece } from './match-points.ts';
import { compareTowns, normaliseCity, type Town } from './match-town.ts';
import { type KnownStreet, matchStreet } from './match-street.ts';
import { normaliseZip, type NormalStreet } from './normalise-address.ts';
import type { NamedRange } from './match-address.ts';

/** A street of the list or of the map, by its normal form. */
export interface MappedStreet extends KnownStreet {
  readonly shown: string;
  readonly pieces: Piece[];
  readonly ranges: NamedRange[];
}

/** A street in one town that an address may be on. */
export interface Found {
  readonly street: NormalStreet;
  /** Without points where the map alone knows the street. */
  readonly piece: Piece;
  readonly ranges: readonly NamedRange[];
  readonly penalty: number;
}

/** Answers that are kept: a roll asks for its streets again and again. */
const KEPT = 20_000;
const TOWNS = 200;
const NO_POINTS = { first: 0, end: 0 };

/** Finds the streets that a name in a town may stand for. */
export class StreetFinder {
  readonly #streets: ReadonlyMap<string, MappedStreet>;
  readonly #answers = new Map<string, readonly Found[]>();
  readonly #towns = new Map<string, readonly MappedStreet[]>();
  readonly #zips: ReadonlySet<string>;
  readonly #hasCities: boolean;

  constructor(streets: ReadonlyMap<string, MappedStreet>) {
    this.#streets = streets;
    const pieces = [...streets.values()].flatMap((street) => street.pieces);
    this.#zips = new Set(pieces.map(({ zip }) => normaliseZip(zip)));
    this.#hasCities = pieces.some(({ city }) => city !== '');
  }

  get size(): number {
    return this.#streets.size;
  }

  shownOf(street: NormalStreet): string | undefined {
    return this.#streets.get(street.key)?.shown;
  }

  hasRanges(street: NormalStreet): boolean {
    return (this.#streets.get(street.key)?.ranges.length ?? 0) > 0;
  }

  /** The street in all towns, whether or not the address may be there. */
  everywhere(street: NormalStreet): readonly Piece[] {
    return this.#streets.get(street.key)?.pieces ?? [];
  }

  /**
   * The streets of the town, best first: the one that has this name; where the town has none, those
   * that it may be a mistake for.
   */
  find(street: NormalStreet, town: Town): readonly Found[] {
    const name = `${street.key}|${town.zip}|${town.city}`;
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    if (this.#answers.size >= KEPT) this.#answers.clear();
    const found = this.#search(street, town);
    this.#answers.set(name, found);
    return found;
  }

  #search(street: NormalStreet, town: Town): readonly Found[] {
    if (street.key === '') return [];
    const own = this.#streets.get(street.key);
    const here = own === undefined ? [] : this.#inTown(own, 0, town);
    if (here.length > 0) return here;
    const elsewhere = own === undefined ? 0 : PENALTIES.nameElsewhere;
    return matchStreet(street, this.#inSameTown(town))
      .filter(({ of }) => of !== own)
      .flatMap(({ of, penalty }) => this.#inTown(of, penalty + elsewhere, town));
  }

  /** The streets of a town, which are a hundredth of a county's: each is compared with a name. */
  #inSameTown(town: Town): readonly MappedStreet[] {
    const name = `${town.zip}|${town.city}`;
    let streets = this.#towns.get(name);
    if (streets === undefined) {
      streets = [...this.#streets.values()].filter((of) => this.#inTown(of, 0, town).length > 0);
      if (this.#towns.size >= TOWNS) this.#towns.clear();
      this.#towns.set(name, streets);
    }
    return streets;
  }

  #inTown(of: MappedStreet, penalty: number, town: Town): Found[] {
    const oneTown = !this.#hasCities && this.#zips.has(normaliseZip(town.zip));
    const ranges = of.ranges.filter(({ zips }) => fitsZip(zips, town.zip));
    const found: Found[] = [];
    for (const piece of of.pieces) {
      const more = compareTowns(town, piece, oneTown);
      if (more !== null) found.push({ street: of.street, piece, ranges, penalty: penalty + more });
    }
    if (found.length === 0 && of.pieces.length === 0 && ranges.length > 0) {
      const piece = { streetKey: of.street.key, shown: of.shown, ...NO_POINTS, ...town };
      found.push({ street: of.street, piece, ranges, penalty });
    }
    return found.sort((a, b) => a.penalty - b.penalty || rank(a, town) - rank(b, town));
  }
}

/** Of equals, the one in the town that is named. */
function rank({ piece }: Found, { city }: Town): number {
  return city !== '' && normaliseCity(piece.city) === normaliseCity(city) ? 0 : 1;
}

function fitsZip(zips: readonly string[], asked: string): boolean {
  const zip = normaliseZip(asked);
  return zip === '' || zips.length === 0 || zips.includes(zip);
}
