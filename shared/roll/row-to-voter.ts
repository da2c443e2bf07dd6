import { fail, ok, type Result } from '../kernel/result.ts';
import type { ColumnUse, RollField } from '../model/roll.ts';
import { adultOn } from './adult-on.ts';
import { ageOn, readDay } from './dates.ts';
import { parseAddressLine, splitUnit } from './parse-address.ts';
import { remember } from './remember.ts';
import { repairCase } from './repair-case.ts';
import type { RawAddress, RejectReason, RollVoter } from './roll-voter.ts';

type ReadRow = (cells: readonly string[]) => Result<RollVoter, RejectReason>;

/**
 * A reader of rows for one file: `columns` says what each means, `width` how many cells the header
 * has, `today` (`YYYY-MM-DD`) on which day ages are counted. Blank cells beyond the header are
 * taken for the trailing delimiters that some offices write.
 */
export function makeRowReader(
  columns: readonly ColumnUse[],
  width: number,
  today: string,
): ReadRow {
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
  const readPrecinct = makePrecinctReader(at('ward'), at('precinct'));
  const [age, birthDate, birthYear] = [at('age'), at('birth-date'), at('birth-year')];
  const [sex, party, registered, status] = [
    at('sex'),
    at('party'),
    at('registration-date'),
    at('status'),
  ];
  const readRegistered = remember(readDay);
  const [phone, cell, home, email] = [at('phone'), at('cell-phone'), at('home-phone'), at('email')];
  return (cells) => {
    if (cells.length !== width) {
      const fault = checkWidth(cells, width);
      if (fault !== null) return fail(fault);
    }
    const id = sourceId(cells);
    if (id === '') return fail('no-id');
    const name = readName(cells);
    if (name.firstName === '' && name.lastName === '') return fail('no-name');
    const address = readAddress(cells);
    if (address.street === '') return fail('no-address');
    const lived = readAge(age(cells), birthDate(cells), birthYear(cells), today);
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
      adultOn: adultOn(
        {
          birthDate: birthDate(cells),
          birthYear: birthYear(cells),
          age: age(cells),
          status: status(cells),
        },
        today,
      ),
      party: party(cells) || null,
      registeredOn: readRegistered(registered(cells)),
      status: status(cells) || null,
      phone: phone(cells) || cell(cells) || home(cells) || null,
      email: email(cells) || null,
      precinct: readPrecinct(cells),
      address,
      voted: readVotes(cells),
    });
  };
}

/** A cell that runs over lines in a row of the wrong width comes from a quotation mark left open. */
function checkWidth(cells: readonly string[], width: number): RejectReason | null {
  const extra = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
  if (cells.length >= width && !extra) return null;
  if (cells.some((cell) => cell.includes('\n'))) return 'open-quote';
  return extra ? 'too-many-cells' : 'too-few-cells';
}

type Cell = (cells: readonly string[]) => string;
type At = (field: RollField) => Cell;
type Name = Pick<RollVoter, 'firstName' | 'middleName' | 'lastName' | 'nameSuffix'>;

function makeNameReader(at: At): (cells: readonly string[]) => Name {
  const [first, middle, last, suffix, full] = [
    at('first-name'),
    at('middle-name'),
    at('last-name'),
    at('name-suffix'),
    at('full-name'),
  ];
  const repair = remember(repairCase);
  return (cells) => {
    const firstName = repair(first(cells));
    const lastName = repair(last(cells));
    const whole = firstName === '' && lastName === '' ? full(cells) : '';
    if (whole !== '') return splitFullName(whole);
    return {
      firstName,
      middleName: repair(middle(cells)),
      lastName,
      nameSuffix: suffix(cells),
    };
  };
}

/** `Last, First Middle` or `First Middle Last`. */
function splitFullName(whole: string): Name {
  const comma = whole.indexOf(',');
  const words = (comma < 0 ? whole : whole.slice(comma + 1)).trim().split(/\s+/).map(repairCase);
  const lastName = comma < 0 ? (words.pop() ?? '') : repairCase(whole.slice(0, comma));
  return {
    firstName: words[0] ?? '',
    middleName: words.slice(1).join(' '),
    lastName,
    nameSuffix: '',
  };
}

function makeAddressReader(at: At): (cells: readonly string[]) => RawAddress {
  const [number, half, name] = [at('house-number'), at('house-number-half'), at('street-name')];
  const [pre, type, post] = [at('street-prefix'), at('street-type'), at('street-suffix')];
  const [unitType, unit] = [at('unit-type'), at('unit')];
  const [line, line2] = [at('address-line'), at('address-line-2')];
  const [city, state, zip, lat, lon] = [at('city'), at('state'), at('zip'), at('lat'), at('lon')];
  const repair = remember(repairCase);
  const [single, split] = [remember(singleSpaces), remember(splitStreet)];
  return (cells) => {
    const street = `${pre(cells)} ${name(cells)} ${type(cells)} ${post(cells)}`.trim();
    const own = unit(cells) || line2(cells);
    const place = readPlace(lat(cells), lon(cells));
    const town = repair(city(cells));
    if (street !== '') {
      // Some clerks write the apartment behind the street, in the street's own cell.
      const parts = own === '' ? split(street) : { street: single(street), unit: own };
      return {
        number: number(cells),
        half: half(cells),
        street: parts.street,
        unitType: unitType(cells),
        unit: parts.unit,
        city: town,
        state: state(cells),
        zip: zip(cells),
        lat: place.lat,
        lon: place.lon,
      };
    }
    const parts = parseAddressLine(line(cells));
    return {
      number: parts.number || number(cells),
      half: '',
      street: parts.street,
      unitType: parts.unit === '' ? unitType(cells) : '',
      unit: parts.unit || own,
      city: town,
      state: state(cells),
      zip: zip(cells),
      lat: place.lat,
      lon: place.lon,
    };
  };
}

function singleSpaces(text: string): string {
  return text.replace(/ {2,}/g, ' ');
}

function splitStreet(text: string): ReturnType<typeof splitUnit> {
  const { street, unit } = splitUnit(text);
  return { street: singleSpaces(street), unit };
}

const NO_PLACE = { lat: null, lon: null };

function readPlace(lat: string, lon: string): Pick<RawAddress, 'lat' | 'lon'> {
  if (lat === '' || lon === '') return NO_PLACE;
  const [y, x] = [Number(lat), Number(lon)];
  const given = x !== 0 || y !== 0;
  if (!given || !(Math.abs(y) <= 90) || !(Math.abs(x) <= 180)) return NO_PLACE;
  return { lat: y, lon: x };
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
): (cells: readonly string[]) => string | null {
  return (cells) => {
    const name = precinct(cells);
    if (name === '') return null;
    const both = /^ward\s+(\w+)[,\s]+(?:precinct|pct)\s+(\w+)$/i.exec(name);
    if (both !== null) return `${bare(both[1])}-${bare(both[2])}`;
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
  return (cells) => {
    const voted: (readonly [string, string])[] = [];
    for (const [column, name] of elections) {
      const method = (cells[column] ?? '').trim();
      if (method !== '' && !DID_NOT_VOTE.test(method)) voted.push([name, method]);
    }
    const list = dates(cells);
    if (list === '') return voted;
    for (const part of list.split(/[;,\s]+/)) {
      const day = readDay(part);
      if (day !== null) voted.push([day, 'Y']);
    }
    return voted;
  };
}
