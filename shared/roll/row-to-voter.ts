import { fail, ok, type Result } from '../kernel/result.ts';
import type { ColumnUse, RollField } from '../model/roll.ts';
import { adultOn } from './adult-on.ts';
import { ageOn, readDay } from './dates.ts';
import { layoutByPlace } from './layouts.ts';
import { splitFullName, splitSuffix } from './person-name.ts';
import { readVoteList } from './read-vote-list.ts';
import { parseAddressLine, splitUnit } from './parse-address.ts';
import { remember } from './remember.ts';
import { repairCase } from './repair-case.ts';
import type { NoteReason, RawAddress, RejectReason, RollVoter, RowNote } from './roll-voter.ts';

type ReadRow = (cells: readonly string[]) => Result<RollVoter, RejectReason>;

/**
 * A reader of rows for one file: `columns` says what each means, `width` how many cells the header
 * has, `today` (`YYYY-MM-DD`) on which day ages are counted, `layoutId` whose rules hold. Blank cells
 * beyond the header are taken for the trailing delimiters that some offices write.
 */
export function makeRowReader(
  columns: readonly ColumnUse[],
  width: number,
  today: string,
  layoutId: string | null = null,
): ReadRow {
  const leftOut = new Set(layoutByPlace(layoutId, '')?.leftOut);
  const places = new Map<RollField, number>();
  const elections: (readonly [column: number, name: string])[] = [];
  for (const use of columns) {
    if (use.field === 'voted') elections.push([use.column, use.election ?? '']);
    else if (!places.has(use.field)) places.set(use.field, use.column);
  }
  const at = (field: RollField): ((cells: readonly string[]) => string) => {
    const column = places.get(field);
    return column === undefined ? () => '' : (cells) => (cells[column] ?? '').trim();
  };
  const sourceId = at('voter-id');
  const readName = makeNameReader(at);
  const readAddress = makeAddressReader(at);
  const readVotes = makeVoteReader(elections, at('vote-dates'));
  const readPrecinct = makePrecinctReader(
    at('ward'),
    at('precinct'),
    layoutId === 'mi-qvf' && !places.has('ward'),
  );
  const readDistricts = makeDistrictReader(places);
  const language = at('language');
  const [age, birthDate, birthYear] = [at('age'), at('birth-date'), at('birth-year')];
  const [sex, party, registered, status] = [
    at('sex'),
    at('party'),
    at('registration-date'),
    at('status'),
  ];
  const readRegistered = remember(readDay);
  const readPhone = makePhoneReader(at);
  const email = at('email');
  const noteAge = makeAgeNoter(birthDate);
  return (cells) => {
    if (cells.length !== width) {
      const fault = checkWidth(cells, width);
      if (fault !== null) return fail(isTotals(cells) ? 'totals' : fault);
    }
    const id = sourceId(cells);
    if (id === '') return fail(isTotals(cells) ? 'totals' : 'no-id');
    if (ROUNDED.test(id)) return fail('id-in-scientific');
    const state = status(cells);
    if (leftOut.size > 0 && leftOut.has(state.toUpperCase())) return fail('registration-ended');
    const name = readName(cells);
    if (name.lastName === '*' || name.firstName === '*') return fail('withheld');
    const nameless = name.firstName === '' && name.lastName === '';
    if (nameless) return fail(isTotals(cells) ? 'totals' : 'no-name');
    const { address, odd } = readAddress(cells);
    if (address.street === '') return fail(isTotals(cells) ? 'totals' : 'no-address');
    const lived = readAge(age(cells), birthDate(cells), birthYear(cells), today);
    const adult = adultOn(
      {
        birthDate: birthDate(cells),
        birthYear: birthYear(cells),
        age: age(cells),
        status: state,
      },
      today,
    );
    // Field by field: spreading costs as much here as reading the row.
    return ok({
      sourceId: id,
      firstName: name.firstName,
      middleName: name.middleName,
      lastName: name.lastName,
      nameSuffix: name.nameSuffix,
      sex: sex(cells) || null,
      age: lived.age,
      birthYear: lived.birthYear,
      adultOn: adult,
      party: party(cells) || null,
      registeredOn: readRegistered(registered(cells)),
      status: state || null,
      phone: readPhone(cells),
      email: email(cells) || null,
      precinct: readPrecinct(cells),
      language: language(cells) || null,
      districts: readDistricts(cells),
      address,
      voted: readVotes(cells),
      notes: makeNotes(odd, noteAge(cells, lived.age, adult)),
    });
  };
}

/** A cell that runs over lines in a row of the wrong width comes from a quotation mark left open. */
export function checkWidth(cells: readonly string[], width: number): RejectReason | null {
  const extra = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
  if (cells.length >= width && !extra) return null;
  if (cells.some((cell) => cell.includes('\n'))) return 'open-quote';
  return extra ? 'too-many-cells' : 'too-few-cells';
}

type Cell = (cells: readonly string[]) => string;
type At = (field: RollField) => Cell;
type Name = Pick<RollVoter, 'firstName' | 'middleName' | 'lastName' | 'nameSuffix'>;

export function makeNameReader(at: At): (cells: readonly string[]) => Name {
  const [first, middle, last, suffix, full] = [
    at('first-name'),
    at('middle-name'),
    at('last-name'),
    at('name-suffix'),
    at('full-name'),
  ];
  const repair = remember(repairCase);
  const split = remember(splitSuffix);
  return (cells) => {
    const firstName = repair(first(cells));
    const lastName = repair(last(cells));
    const whole = firstName === '' && lastName === '' ? full(cells) : '';
    if (whole !== '') return splitFullName(whole);
    const own = suffix(cells);
    const parts = own === '' ? split(lastName) : { lastName, nameSuffix: repair(own) };
    return {
      firstName,
      middleName: repair(middle(cells)),
      lastName: parts.lastName,
      nameSuffix: parts.nameSuffix,
    };
  };
}

interface ReadAddress {
  readonly address: RawAddress;
  /** What was wrong with its coordinates. */
  readonly odd: NoteReason | null;
}

export function makeAddressReader(at: At): (cells: readonly string[]) => ReadAddress {
  const [number, half, name] = [at('house-number'), at('house-number-half'), at('street-name')];
  const [pre, type, post] = [at('street-prefix'), at('street-type'), at('street-suffix')];
  const [ownType, unit, floor] = [at('unit-type'), at('unit'), at('floor')];
  const [line, line2] = [at('address-line'), at('address-line-2')];
  const [city, state, zip, lat, lon] = [at('city'), at('state'), at('zip'), at('lat'), at('lon')];
  const repair = remember(repairCase);
  const [single, split] = [remember(singleSpaces), remember(splitStreet)];
  return (cells) => {
    const street = `${pre(cells)} ${name(cells)} ${type(cells)} ${post(cells)}`.trim();
    const door = withFloor(ownType(cells), unit(cells) || line2(cells), floor(cells));
    const { unitType, unit: own } = door;
    const place = readPlace(lat(cells), lon(cells));
    const town = repair(city(cells));
    if (street !== '') {
      // Some clerks write the apartment behind the street, in the street's own cell.
      const parts = own === '' ? split(street) : { street: single(street), unit: own };
      const address = {
        number: number(cells),
        half: spellHalf(half(cells)),
        street: parts.street,
        unitType,
        unit: parts.unit,
        city: town,
        state: state(cells),
        zip: zip(cells),
        lat: place.lat,
        lon: place.lon,
      };
      return { address, odd: place.odd };
    }
    const parts = parseAddressLine(line(cells));
    const address = {
      number: parts.number || number(cells),
      half: '',
      street: parts.street,
      unitType: parts.unit === '' ? unitType : '',
      unit: parts.unit || own,
      city: town,
      state: state(cells),
      zip: zip(cells),
      lat: place.lat,
      lon: place.lon,
    };
    return { address, odd: place.odd };
  };
}

const NUMBERED_FLOOR = /^0*(\d{1,3})(?:ST|ND|RD|TH)?$/i;
const SAYS_FLOOR = /\b(?:FL|FLR|FLOOR)\b|\dFLR?\b/i;

/** The unit with its floor, where a column of its own says that and the unit does not. */
function withFloor(
  unitType: string,
  unit: string,
  floor: string,
): Pick<RawAddress, 'unitType' | 'unit'> {
  const number = floor === '' ? '' : (NUMBERED_FLOOR.exec(floor)?.[1] ?? '');
  if (number === '' || number === '0' || SAYS_FLOOR.test(`${unitType} ${unit}`)) {
    return { unitType, unit };
  }
  return { unitType: 'FL', unit: `${number} ${unitType} ${unit}`.replace(/ +/g, ' ').trim() };
}

const HALVES: Readonly<Record<string, string>> = { '½': '1/2', '¼': '1/4', '¾': '3/4', '⅓': '1/3' };

function spellHalf(half: string): string {
  return HALVES[half] ?? half;
}

function singleSpaces(text: string): string {
  return text.replace(/ {2,}/g, ' ');
}

function splitStreet(text: string): ReturnType<typeof splitUnit> {
  const { street, unit } = splitUnit(text);
  return { street: singleSpaces(street), unit };
}

interface Place {
  readonly lat: number | null;
  readonly lon: number | null;
  readonly odd: NoteReason | null;
}

const NO_PLACE: Place = { lat: null, lon: null, odd: null };

/** Coordinates in degrees; put right where two columns changed places, left out where they are none. */
function readPlace(lat: string, lon: string): Place {
  if (lat === '' || lon === '') return NO_PLACE;
  const [y, x] = [Number(lat), Number(lon)];
  const without = (odd: NoteReason): Place => ({ lat: null, lon: null, odd });
  if (y === 0 && x === 0) return without('place-zero');
  if (Number.isNaN(y) || Number.isNaN(x)) return without('place-odd');
  const [far, wide] = [Math.abs(y), Math.abs(x)];
  if (far > 180 && wide > 180) return without('place-projected');
  if (far > 180 || wide > 180) return without('place-odd');
  // Nobody lives south of 60 degrees; a longitude of America that stands for a latitude lies there.
  if (far > 90 || y < -60) {
    return wide <= 90 && x > -60 ? { lat: x, lon: y, odd: 'place-swapped' } : without('place-odd');
  }
  return { lat: y, lon: x, odd: null };
}

const NO_NOTES: readonly RowNote[] = [];

function makeNotes(place: NoteReason | null, age: NoteReason | null): readonly RowNote[] {
  if (place === null && age === null) return NO_NOTES;
  const notes: RowNote[] = [];
  if (place !== null) notes.push({ reason: place, field: 'lat' });
  if (age !== null) notes.push({ reason: age, field: 'birth-date' });
  return notes;
}

function makeAgeNoter(
  birthDate: Cell,
): (cells: readonly string[], age: number | null, adult: string | null) => NoteReason | null {
  return (cells, age, adult) => {
    if (adult !== null) return 'under-18';
    return age === null && birthDate(cells) !== '' ? 'birth-date-odd' : null;
  };
}

/** A number as spreadsheets write it when it does not fit their cell. */
export const ROUNDED = /^\d(?:[.,]\d+)?E\+?\d{2,3}$/i;
const TOTALS =
  /^(?:(?:grand|sub)[ -]?)?totals?\b|^(?:record|row|voter)s?\s*(?:count|total)|^count\b|^end of (?:file|report|list)|^[\d,]+ (?:rows?|records?|voters?)\b/i;

/** A row that sums up others: its first word says so, and hardly any other cell is filled. */
export function isTotals(cells: readonly string[]): boolean {
  const given = cells.filter((cell) => cell.trim() !== '');
  return given.length <= Math.max(3, cells.length / 3) && TOTALS.test(given[0]?.trim() ?? '');
}

function readAge(
  age: string,
  birthDate: string,
  birthYear: string,
  today: string,
): Pick<RollVoter, 'age' | 'birthYear'> {
  const born = readDay(birthDate);
  const counted = born === null ? null : ageOn(born, today);
  if (born !== null && counted !== null) {
    return { age: counted, birthYear: Number(born.slice(0, 4)) };
  }
  const year = /^\d{4}$/.test(birthYear) ? ageOn(`${birthYear}-07-01`, today) : null;
  const said = /^\d{1,3}$/.test(age) ? Number(age) : 0;
  return {
    age: said >= 15 && said <= 115 ? said : year,
    birthYear: year === null ? null : Number(birthYear),
  };
}

/** `11-1` from ward 11 and precinct 1, from `Ward 11 Precinct 1`, or as the file has it. */
function makePrecinctReader(
  ward: Cell,
  precinct: Cell,
  packed: boolean,
): (cells: readonly string[]) => string | null {
  return (cells) => {
    const name = precinct(cells);
    if (name === '') return null;
    const both = /^ward\s+(\w+)[,\s]+(?:precinct|pct)\s+(\w+)$/i.exec(name);
    if (both !== null) return `${bare(both[1])}-${bare(both[2])}`;
    // Michigan's older file: two digits of the ward, three of the precinct, a letter.
    const inOne = packed ? /^(\d\d)(\d{3}\w?)$/.exec(name) : null;
    if (inOne !== null) return `${bare(inOne[1])}-${bare(inOne[2])}`;
    const w = ward(cells);
    return w !== '' && !name.includes('-') ? `${bare(w)}-${bare(name)}` : name;
  };
}

function bare(part = ''): string {
  return part.replace(/^0+(?=\w)/, '');
}

const DID_NOT_VOTE = /^(?:n|no|0|-|false)$/i;

function makeVoteReader(
  elections: readonly (readonly [number, string])[],
  dates: Cell,
): (cells: readonly string[]) => RollVoter['voted'] {
  const readList = remember(readVoteList);
  return (cells) => {
    const voted: (readonly [string, string])[] = [];
    for (const [column, name] of elections) {
      const method = (cells[column] ?? '').trim();
      if (method !== '' && !DID_NOT_VOTE.test(method)) voted.push([name, method]);
    }
    const list = dates(cells);
    if (list !== '') voted.push(...readList(list));
    return voted;
  };
}

function makePhoneReader(at: At): (cells: readonly string[]) => string | null {
  const [phone, area] = [at('phone'), at('phone-area')];
  const [cell, home] = [at('cell-phone'), at('home-phone')];
  return (cells) => {
    const main = phone(cells);
    const whole = main === '' ? '' : `${area(cells)}${main}`;
    const found = whole || cell(cells) || home(cells);
    return found.includes('*') ? null : found || null;
  };
}

const DISTRICTS: readonly (readonly [RollField, string])[] = [
  ['congressional-district', 'congressional'],
  ['senate-district', 'senate'],
  ['house-district', 'house'],
  ['county-district', 'county'],
  ['council-district', 'council'],
  ['school-district', 'school'],
];

function makeDistrictReader(
  places: ReadonlyMap<RollField, number>,
): (cells: readonly string[]) => RollVoter['districts'] {
  const given = DISTRICTS.flatMap(([field, name]) => {
    const column = places.get(field);
    return column === undefined ? [] : [[name, column] as const];
  });
  if (given.length === 0) return () => null;
  return (cells) => {
    let found: Record<string, string> | null = null;
    for (const [name, column] of given) {
      const cell = (cells[column] ?? '').trim();
      if (cell !== '') (found ??= {})[name] = cell;
    }
    return found;
  };
}
