import { findParts, leastStreet } from './parse-address-parts.ts';
import type { HouseNumber } from './parse-address-number.ts';
import type { PostalAddress, PostalKind } from './parse-address-postal.ts';
import { nameStreet, type StreetParts } from './parse-address-street.ts';
import { findUnit, type UnitParts } from './parse-address-unit.ts';
import { splitWords, toCapitals, toPlainSigns, type Word } from './parse-address-words.ts';

/** What an address is; `grid` has directions in its number or a number between two directions. */
export type AddressKind = 'street' | 'highway' | 'grid' | PostalKind;

/**
 * An address in its parts, in capitals and the short forms of USPS Publication 28; what is absent
 * is empty. How each doubtful case is read:
 * - `number` keeps ranges and hyphens (`12-14`, `45-17`, `N6W23001`) and loses leading zeros.
 *   `suffix` holds letters and fractions (`A`, `1/2`), however they are joined to it.
 * - A direction before a name is `predir` also where it is spelled out (`SOUTH SHORE DR`: `S`,
 *   `SHORE`); where nothing but a type follows, it is the name (`NORTH ST`, `E ST`, `AVENUE E`).
 * - `street` has Saint for `ST`, digits for a whole name that is an ordinal (`FIRST` is `1ST`), the
 *   first of two types in full (`MAIN STREET` with the type `EXT`), and MT, FT, JR as written.
 * - A numbered road stands in `street` as appendix F prints it (`US HIGHWAY 9`, `STATE ROUTE 15`,
 *   `COUNTY ROAD 12`, `FM 1960`), without a type but `BYP`, `LOOP`, `SPUR`, `EXT`, or `RD` of a
 *   frontage road.
 * - `#` is the unit type where only a number sign says that there is a unit; a bare `4B` behind a
 *   street has none. Of several units all but the first stand in `unit` (`BLDG`, `A APT 12`).
 * - What is no street has its whole line in `street`: `PO BOX 123`, `RR 2 BOX 15`, `HC 1 BOX 4`,
 *   `PSC 802 BOX 74` (a po-box), `GENERAL DELIVERY`. Protected and empty have nothing.
 */
export interface ParsedAddress {
  readonly number: string;
  readonly suffix: string;
  readonly predir: string;
  readonly street: string;
  readonly type: string;
  readonly postdir: string;
  readonly unitType: string;
  readonly unit: string;
  readonly kind: AddressKind;
}

/** The parts of an address that a file gives on one line, as written. */
export interface AddressParts {
  readonly number: string;
  readonly street: string;
  readonly unit: string;
}

/** The parts of an address on one line. Total: any text gives an address, if only an empty one. */
export function parseAddress(line: string): ParsedAddress {
  const words = splitWords(joinRange(toCapitals(line)));
  const found = findParts(words, line);
  if (found.postal !== null) return ofPostal(found.postal);
  const { number, unit } = found;
  const street = keepState(found.street, words[found.from]?.text ?? '');
  const kind = street.highway ? 'highway' : isGrid(street, number) ? 'grid' : 'street';
  return {
    number: number?.number ?? '',
    suffix: number?.suffix ?? '',
    predir: street.predir,
    street: nameStreet(street),
    type: street.type,
    postdir: street.postdir,
    unitType: unit?.type ?? '',
    unit: unit?.unit ?? '',
    kind,
  };
}

const STATE_NAMES: ReadonlySet<string> = new Set(
  'NORTH CAROLINA|SOUTH CAROLINA|NORTH DAKOTA|SOUTH DAKOTA|WEST VIRGINIA'.split('|'),
);

/** `NORTH CAROLINA AVE` has the state's name, and `N CAROLINA AVE` a direction. */
function keepState(street: StreetParts, first: string): StreetParts {
  const [name = ''] = street.name;
  if (street.name.length > 1 || !STATE_NAMES.has(`${first} ${name}`)) return street;
  return { ...street, predir: '', name: [`${first} ${name}`] };
}

const WIDE_RANGE = /^(\W*\d+[A-Z]?)( *-  *| +-)(?=\d)/;

/** `12 - 14 MAIN ST` is `12-14`; as long as before, so that places in the text stay. */
function joinRange(line: string): string {
  if (!line.includes(' -') && !line.includes('- ')) return line;
  return line.replace(
    WIDE_RANGE,
    (_, number: string, gap: string) => `${' '.repeat(gap.length - 1)}${number}-`,
  );
}

function ofPostal({ kind, line }: PostalAddress): ParsedAddress {
  return {
    number: '',
    suffix: '',
    predir: '',
    street: line,
    type: '',
    postdir: '',
    unitType: '',
    unit: '',
    kind,
  };
}

/** `842 E 1700 S`, or a number such as `N6W23001`. */
function isGrid({ name, type, postdir }: StreetParts, number: HouseNumber | null): boolean {
  if (number === null) return false;
  if (number.grid) return true;
  return type === '' && postdir !== '' && name.length === 1 && /^\d+$/.test(name[0] ?? '');
}

/**
 * The house number, street and unit of an address on one line as written, such as
 * `128 1/2 N Main St Apt 3A`. What it cannot tell apart stays in the street. City, state and zip
 * are left out.
 */
export function parseAddressLine(line: string): AddressParts {
  const spaced = toPlainSigns(line).replace(/\s+/g, ' ').trim();
  const text = joinRange(OTHER_LENGTH.test(spaced) ? toCapitals(spaced) : spaced).trim();
  const words = splitWords(toCapitals(text));
  const found = findParts(words, text);
  if (found.postal !== null) return { number: '', street: text, unit: '' };
  const { number, numberFrom, from, to, unit, area } = found;
  const street = slice(text, words, from, to);
  return {
    number: number === null ? '' : numberText(text, words, numberFrom, number),
    street: area === null ? street : `${street} ${slice(text, words, area.from, area.to)}`,
    unit: unit === null ? '' : unitText(text, words, unit),
  };
}

/** Signs whose capitals are not one for one, so that places in the text would not be theirs. */
const OTHER_LENGTH =
  /[^\0-\x7f\xa0-\xbb\xbf-\xc5\xc7-\xd5\xd7\xd9-\xdd\xe0-\xe5\xe7-\xf5\xf9-\xfd]/;

function slice(text: string, words: readonly Word[], from: number, to: number): string {
  const [first, last] = [words[from], words[to - 1]];
  if (first === undefined || last === undefined || from >= to) return '';
  return text.slice(first.from, last.to);
}

/** A number in words is one in digits, `12 & 14` is `12-14`. */
function numberText(
  text: string,
  words: readonly Word[],
  from: number,
  { number, suffix, next }: HouseNumber,
): string {
  const written = slice(text, words, from, next);
  return AS_WRITTEN.test(written) ? written : `${number} ${suffix}`.trim();
}

const AS_WRITTEN = /^\d+(?:-\d+)?(?:[ -]?(?:[A-Z]|\d\/\d))?$/i;

/** A number sign by itself says no more than that there is a unit. */
function unitText(text: string, words: readonly Word[], unit: UnitParts): string {
  return slice(text, words, unit.from, unit.to).replace(/^#\s*/, '');
}

/** A street and the unit that is written behind it, as in `Elm Ave Apt 3A` and `Elm Ave #3A`. */
export function splitUnit(text: string): Pick<AddressParts, 'street' | 'unit'> {
  const words = splitWords(toCapitals(text));
  const least = leastStreet(words, 0, words.length);
  const unit = OTHER_LENGTH.test(text) ? null : findUnit(words, least, words.length, false);
  if (unit === null) return { street: text, unit: '' };
  return {
    street: slice(text, words, 0, unit.from),
    unit: unitText(text, words, unit),
  };
}

/** An address as it is written on one line. */
export function printAddress({ number, street, unit }: AddressParts): string {
  const line = `${number} ${street}`.trim();
  if (unit === '') return line;
  return /^[a-z]+ /i.test(unit) ? `${line} ${unit}` : `${line} Apt ${unit}`;
}

/** A parsed address on one line, as Publication 28 prints it; reads back as it was. */
export function formatAddress(address: ParsedAddress): string {
  const { number, suffix, predir, street, type, postdir, unitType, unit } = address;
  // `12A`, `26-C1`, `12 1/2`.
  const gap = /^[A-Z]\d/.test(suffix) ? '-' : /^\d/.test(suffix) ? ' ' : '';
  const half = `${number}${gap}${suffix}`;
  const parts = [half.trim(), predir, street, type, postdir, unitType, unit];
  return parts.filter((part) => part !== '').join(' ');
}
