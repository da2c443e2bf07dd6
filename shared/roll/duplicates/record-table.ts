import { groupsOfName } from '../given-names.ts';
import { plainName } from '../plain-name.ts';
import { soundOfName } from './sound-of-name.ts';

/** One record of the roll as it is compared. */
export interface DuplicateRecord {
  readonly key: number;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly nameSuffix: string;
  readonly birthYear: number | null;
  /** In years, on the day of `year`; counts where there is no year of birth. */
  readonly age: number | null;
  readonly sex: string | null;
  readonly doorKey: number;
  readonly buildingKey: number;
  readonly phone: string | null;
  readonly email: string | null;
}

/** A name that some records have. */
export interface NameEntry {
  readonly plain: string;
  readonly sound: string;
  /** The names of a double name, by their numbers; itself alone where it is simple. */
  readonly parts: readonly number[];
  /** See groupsOfName. */
  readonly groups: readonly number[];
  count: number;
}

/** Names by number, each once. */
export class NameTable {
  readonly #byText = new Map<string, number>();
  readonly #byPlain = new Map<string, number>();
  readonly entries: NameEntry[] = [];

  constructor() {
    this.number('');
  }

  /** The number of a name; 0 is no name. */
  number(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const made = this.#ofPlain(plainName(text), text);
    this.#byText.set(text, made);
    return made;
  }

  #ofPlain(plain: string, text: string): number {
    const known = this.#byPlain.get(plain);
    if (known !== undefined) return known;
    const words = text.split(/[\s-]+/).map(plainName);
    const long = words.filter((word) => word.length > 2 && word !== plain);
    const own = this.entries.length;
    const parts = [own];
    const sound = soundOfName(plain);
    this.entries.push({ plain, sound, parts, groups: groupsOfName(plain), count: 0 });
    this.#byPlain.set(plain, own);
    for (const word of long) parts.push(this.#ofPlain(word, word));
    return own;
  }

  at(number: number): NameEntry {
    const entry = this.entries[number];
    if (entry === undefined) throw new RangeError('There is no such name.');
    return entry;
  }
}

const SUFFIXES = ['', 'JR', 'SR', 'I', 'II', 'III', 'IV', 'V', 'VI'];
const SAME_SUFFIX: Readonly<Record<string, string>> = {
  JUNIOR: 'JR',
  SENIOR: 'SR',
  '1ST': 'I',
  '2ND': 'II',
  '3RD': 'III',
  '4TH': 'IV',
};

/** Titles such as MD tell nobody apart and count as none. */
function suffixNumber(text: string): number {
  if (text === '') return 0;
  const plain = plainName(text);
  return Math.max(0, SUFFIXES.indexOf(SAME_SUFFIX[plain] ?? plain));
}

const SEXES = ['', 'F', 'M'];
const sexNumber = (sex: string | null): number =>
  sex === null ? 0 : Math.max(0, SEXES.indexOf(sex.slice(0, 1).toUpperCase()));

/** A text as a number of 52 bits; of two different ones the same by one in 4 x 10^15. 0: no text. */
function mark(text: string): number {
  if (text === '') return 0;
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0) * 2 ** 20 + ((b >>> 0) % 2 ** 20) + 1;
}

/** The last ten digits: with and without the country's code are one. */
const phoneMark = (phone: string | null): number => {
  const digits = (phone ?? '').replaceAll(/\D/g, '').slice(-10);
  return digits.length === 10 ? Number(digits) : 0;
};

type Column = Uint8Array | Int16Array | Int32Array | Float64Array;

function grown<T extends Column>(column: T, size: number): T {
  const Maker = column.constructor as new (length: number) => T;
  const larger = new Maker(size);
  larger.set(column);
  return larger;
}

/** As many as a pair of numbers can be told apart for. */
export const MOST_RECORDS = 2 ** 22;

/**
 * The roll as columns of numbers, some 60 bytes a record and each name once: a million people take no
 * more memory than their file.
 */
export class RecordTable {
  readonly firsts = new NameTable();
  readonly lasts = new NameTable();
  readonly #year: number;
  size = 0;
  key = new Float64Array(1024);
  first = new Int32Array(1024);
  middle = new Int32Array(1024);
  last = new Int32Array(1024);
  suffix = new Uint8Array(1024);
  /** Year of birth; 0: not known. */
  born = new Int16Array(1024);
  /** 1: out of an age, and so perhaps a year late. */
  about = new Uint8Array(1024);
  sex = new Uint8Array(1024);
  door = new Float64Array(1024);
  building = new Float64Array(1024);
  phone = new Float64Array(1024);
  email = new Float64Array(1024);

  /** `year`: in which ages were so. */
  constructor(year: number) {
    this.#year = year;
  }

  add(record: DuplicateRecord): void {
    const at = this.size;
    if (at === MOST_RECORDS) throw new RangeError('More people than can be compared.');
    if (at === this.key.length) this.#grow();
    this.key[at] = record.key;
    this.first[at] = this.firsts.number(record.firstName);
    this.middle[at] = this.firsts.number(record.middleName);
    this.last[at] = this.lasts.number(record.lastName);
    this.firsts.at(this.first[at]).count += 1;
    this.lasts.at(this.last[at]).count += 1;
    this.suffix[at] = suffixNumber(record.nameSuffix);
    this.born[at] = record.birthYear ?? (record.age === null ? 0 : this.#year - record.age);
    this.about[at] = record.birthYear === null && record.age !== null ? 1 : 0;
    this.sex[at] = sexNumber(record.sex);
    this.door[at] = record.doorKey;
    this.building[at] = record.buildingKey;
    this.phone[at] = phoneMark(record.phone);
    this.email[at] = mark((record.email ?? '').trim().toLowerCase());
    this.size = at + 1;
  }

  #grow(): void {
    const size = this.size * 2;
    this.key = grown(this.key, size);
    this.first = grown(this.first, size);
    this.middle = grown(this.middle, size);
    this.last = grown(this.last, size);
    this.suffix = grown(this.suffix, size);
    this.born = grown(this.born, size);
    this.about = grown(this.about, size);
    this.sex = grown(this.sex, size);
    this.door = grown(this.door, size);
    this.building = grown(this.building, size);
    this.phone = grown(this.phone, size);
    this.email = grown(this.email, size);
  }
}
