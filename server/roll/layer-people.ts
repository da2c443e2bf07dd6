import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { makePlainName } from '#shared/roll/compare-names.ts';
import type { PlainHome } from '#shared/roll/compare-homes.ts';
import {
  normaliseNumber,
  normaliseStreet,
  normaliseZip,
  type NormalStreet,
} from '#shared/roll/normalise-address.ts';
import type { Candidate } from '#shared/roll/pick-person.ts';
import { remember } from '#shared/roll/remember.ts';
import { BulkInsert } from '../store/bulk-insert.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { openSqlite, type Sqlite, type StatementSync } from '../store/sqlite.ts';

interface Row {
  readonly key: number;
  readonly sourceId: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly nameSuffix: string | null;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly unitKey: string;
  readonly unit: string;
  readonly adultOn: string | null;
  readonly face: number | null;
}

interface Kept {
  readonly key: number;
  readonly face: number;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly suffix: string;
  readonly lasts: string;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly unit: string;
}

const COLUMNS = [
  'key',
  'face',
  'source_id',
  'first',
  'middle',
  'last',
  'suffix',
  'lasts',
  'number',
  'street',
  'street_name',
  'city',
  'zip',
  'unit',
  'shown',
];
/** Rows between two looks at whether somebody has cancelled. */
const STEP = 5000;

/** 48 bits of a hash: what the tables find names by takes eight bytes instead of thirty. */
export function hash48(text: string): number {
  return Number.parseInt(hash('md5', text, 'hex').slice(0, 12), 16);
}

function pack(street: NormalStreet): string {
  return [street.pre, street.name, street.type, street.post].join('\t');
}

/**
 * Everybody whom the chapter knows by a name and a home, in a file of their own, so that a list of any
 * length is held against them with little memory. The file goes with `close` of its owner.
 */
export class LayerPeople {
  readonly #sqlite: Sqlite;
  readonly #byId: StatementSync;
  readonly #byKey: StatementSync;
  readonly #byName: StatementSync;
  readonly #byStreet: StatementSync;
  readonly #elsewhere: StatementSync;
  readonly #shown: StatementSync;

  private constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    const kept = 'key, face, first, middle, last, suffix, lasts, number, street, city, zip, unit';
    this.#byId = sqlite.prepare('select key from people where source_id = ?');
    this.#byKey = sqlite.prepare(`select ${kept} from people where key = ?`);
    this.#byName = sqlite.prepare(
      `select ${kept} from people where key in (select key from names where name = ?)`,
    );
    this.#byStreet = sqlite.prepare(`select ${kept} from people where street_name = ?`);
    this.#elsewhere = sqlite.prepare('select 1 from people where last = ? and first = ? limit 1');
    this.#shown = sqlite.prepare('select shown from people where key = ?');
  }

  /** Copies the people; null when it was cancelled. `named`: names and homes are asked for too. */
  static async copy(
    db: ChapterDb,
    path: string,
    named: boolean,
    cancelled: () => boolean,
  ): Promise<LayerPeople | null> {
    const sqlite = openSqlite(path);
    // Nobody misses it after a power cut.
    sqlite.exec('PRAGMA synchronous = OFF');
    sqlite.exec('PRAGMA wal_autocheckpoint = 1000');
    sqlite.exec(`create table people (key integer primary key, face integer, source_id text, first text, middle text,
      last text, suffix text, lasts text, number text, street text, street_name integer, city text,
      zip text, unit text, shown text)`);
    sqlite.exec('create table names (name integer, key integer)');
    const whole = await fill(sqlite, db, cancelled);
    if (!whole) {
      sqlite.close();
      return null;
    }
    sqlite.exec('create unique index people_by_id on people (source_id)');
    if (named) {
      sqlite.exec('create index names_by_name on names (name)');
      sqlite.exec('create index people_by_street on people (street_name)');
      sqlite.exec('create index people_by_name on people (last, first)');
    }
    return new LayerPeople(sqlite);
  }

  findById(id: string): number | null {
    return (this.#byId.get(id) as { key: number } | undefined)?.key ?? null;
  }

  /** Somebody by key; null for one without a name. */
  candidateOf(key: number): Candidate | null {
    const row = this.#byKey.get(key) as Kept | undefined;
    return row === undefined || (row.first === '' && row.last === '') ? null : this.#candidate(row);
  }

  /** Whoever may be meant: of one of these last names at this number, or behind this very door. */
  candidates(lasts: readonly string[], home: PlainHome): Candidate[] {
    const found = new Map<number, Candidate>();
    for (const last of lasts) {
      for (const row of this.#byName.all(hash48(`${home.number}|${last}`)) as unknown as Kept[]) {
        found.set(row.key, this.#candidate(row));
      }
    }
    const there = this.#byStreet.all(hash48(`${home.number}|${home.street.name}`));
    for (const row of there as unknown as Kept[]) {
      if (!found.has(row.key)) found.set(row.key, this.#candidate(row));
    }
    return [...found.values()];
  }

  knowsHouse(home: PlainHome): boolean {
    return this.#byStreet.get(hash48(`${home.number}|${home.street.name}`)) !== undefined;
  }

  knowsName(last: string, first: string): boolean {
    return this.#elsewhere.get(last, first) !== undefined;
  }

  shownOf(key: number): string | null {
    return (this.#shown.get(key) as { shown: string | null } | undefined)?.shown ?? null;
  }

  close(): void {
    this.#sqlite.close();
  }

  #candidate(row: Kept): Candidate {
    const [pre = '', name = '', type = '', post = ''] = row.street.split('\t');
    const key = [pre, name, type, post].filter(Boolean).join(' ');
    const { first, middle, last, suffix } = row;
    return {
      key: row.key,
      person: row.face,
      name: { first, middle, last, suffix, lasts: row.lasts.split(' ') },
      home: {
        number: row.number,
        street: { pre, name, type, post, key },
        city: row.city,
        zip: row.zip,
        unit: row.unit,
      },
    };
  }
}

async function fill(sqlite: Sqlite, db: ChapterDb, cancelled: () => boolean): Promise<boolean> {
  const insert = new BulkInsert(sqlite, 'insert into people', COLUMNS);
  const names = new BulkInsert(sqlite, 'insert into names', ['name', 'key']);
  const street = remember(normaliseStreet, 50_000);
  const snapshot = await db.openSnapshot();
  try {
    const people = snapshot.db
      .selectFrom('people as p')
      .innerJoin('doors as d', 'd.key', 'p.door_key')
      .innerJoin('buildings as b', 'b.key', 'd.building_key')
      .leftJoin('voters as v', 'v.person_key', 'p.key')
      .leftJoin('residents as r', 'r.person_key', 'p.key')
      .leftJoin('merged_people as m', 'm.person_key', 'p.key')
      .select(['p.key', 'p.source_id as sourceId', 'v.middle_name as middleName'])
      .select(['v.name_suffix as nameSuffix', 'v.adult_on as adultOn', 'm.face_key as face'])
      .select(sql<string | null>`coalesce(v.first_name, r.first_name)`.as('firstName'))
      .select(sql<string | null>`coalesce(v.last_name, r.last_name)`.as('lastName'))
      .select(['b.number', 'b.street', 'b.city', 'b.zip', 'd.unit', 'd.unit_key as unitKey']);
    let count = 0;
    sqlite.exec('begin');
    for await (const row of people.stream(1000)) {
      addPerson(row, insert, names, street);
      if (++count % STEP !== 0) continue;
      await setImmediate();
      if (cancelled()) return false;
    }
    insert.flush();
    names.flush();
    return true;
  } finally {
    sqlite.exec('commit');
    await snapshot.close();
  }
}

function addPerson(
  row: Row,
  insert: BulkInsert,
  names: BulkInsert,
  streetOf: (text: string) => NormalStreet,
): void {
  const { key, sourceId, firstName, lastName } = row;
  const name = makePlainName({
    firstName: firstName ?? '',
    middleName: row.middleName ?? '',
    lastName: lastName ?? '',
    nameSuffix: row.nameSuffix ?? '',
  });
  const number = normaliseNumber(row.number);
  const street = streetOf(row.street);
  const unknown = name.first === '' && name.last === '';
  const unit = row.unit === '' ? '' : ` ${row.unit}`;
  const shown =
    unknown || row.adultOn !== null
      ? null
      : `${firstName} ${lastName}, ${row.number} ${row.street}${unit}, ${row.city}`;
  insert.add(
    key,
    row.face ?? key,
    sourceId,
    name.first,
    name.middle,
    name.last,
    name.suffix,
    name.lasts.join(' '),
    number,
    pack(street),
    // Somebody of an earlier roll has no name now, and is found by the id alone.
    unknown ? null : hash48(`${number}|${street.name}`),
    row.city.toUpperCase(),
    normaliseZip(row.zip),
    row.unitKey,
    shown,
  );
  if (unknown) return;
  for (const last of name.lasts) names.add(hash48(`${number}|${last}`), key);
}
