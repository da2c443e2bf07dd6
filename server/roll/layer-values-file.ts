import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { LayerColumn, LayerColumnWish, LayerRange, LeftOutRow } from '#shared/model/layer.ts';
import { MOST_WORDS, PRESENCE } from '#shared/model/layer-kind.ts';
import { type LayerValue, sayLayerValue } from '#shared/roll/layer-value.ts';
import { eachRow } from '../store/each-row.ts';
import { BulkInsert } from '../store/bulk-insert.ts';
import { openSqlite, type Sqlite } from '../store/sqlite.ts';

/** How a row found its person: the lower, the surer. */
export const RANK = { id: 0, exact: 1, tolerant: 2 } as const;

export interface FoundRow {
  readonly line: number;
  readonly personKey: number;
  readonly rank: (typeof RANK)[keyof typeof RANK];
  readonly score: number;
  /** As the row calls them. */
  readonly shown: string;
  readonly who: string;
  readonly values: readonly (LayerValue | null)[];
  readonly cells: readonly string[];
}

const BINS = 12;

/** The values of a draft: rows as they were found, then settled into one value a person and column. */
export class LayerValuesFile {
  readonly sqlite: Sqlite;
  readonly #found: BulkInsert;
  readonly #leftOut: BulkInsert;

  constructor(path: string) {
    this.sqlite = openSqlite(path);
    this.sqlite.exec('PRAGMA synchronous = OFF');
    this.sqlite.exec(`
      create table found (line integer primary key, person_key integer, rank integer, score real,
        shown text, who text, vals text, cells text);
      create table left_out (line integer primary key, kind text, reason text, who text, shown text,
        cells text);
      create table vals (place integer, person_key integer, amount real, word text,
        primary key (place, person_key)) without rowid`);
    this.#found = new BulkInsert(this.sqlite, 'insert into found', [
      'line',
      'person_key',
      'rank',
      'score',
      'shown',
      'who',
      'vals',
      'cells',
    ]);
    const columns = ['line', 'kind', 'reason', 'who', 'shown', 'cells'];
    this.#leftOut = new BulkInsert(this.sqlite, 'insert into left_out', columns);
  }

  begin(): void {
    this.sqlite.exec('begin');
  }

  commit(): void {
    this.#found.flush();
    this.#leftOut.flush();
    this.sqlite.exec('commit');
  }

  addFound(row: FoundRow): void {
    const { line, personKey, rank, score, shown, who, values, cells } = row;
    const said = [JSON.stringify(values), JSON.stringify(cells)] as const;
    this.#found.add(line, personKey, rank, score, shown, who, ...said);
  }

  addLeftOut(row: LeftOutRow & { readonly who: string; readonly shown: string }): void {
    const { line, kind, reason, who, shown, cells } = row;
    this.#leftOut.add(line, kind, reason, who, shown, JSON.stringify(cells));
  }

  /**
   * Of several rows that found one person the surest stands; of several as sure ones none does, unless
   * they say the same. The others are listed. Gives how many rows said again what one had said.
   */
  settle(): number {
    const { sqlite } = this;
    sqlite.exec('begin');
    sqlite.exec('create index found_by_person on found (person_key, rank)');
    sqlite.exec(`create table claims as select person_key, min(rank) as top,
      0 as alike, 0 as first from found group by person_key having count(*) > 1`);
    sqlite.exec(`update claims set
      alike = (select count(distinct who || vals) = 1 from found f
        where f.person_key = claims.person_key and f.rank = claims.top),
      first = (select min(line) from found f
        where f.person_key = claims.person_key and f.rank = claims.top)`);
    sqlite.exec('create unique index claims_by_person on claims (person_key)');
    const again = `select f.line from found f join claims c on c.person_key = f.person_key
      where c.alike and f.rank = c.top and f.line > c.first`;
    const { count } = sqlite.prepare(`select count(*) as count from (${again})`).get() as {
      count: number;
    };
    sqlite.exec(`delete from found where line in (${again})`);
    const lost = `select f.line from found f join claims c on c.person_key = f.person_key
      where f.rank > c.top or not c.alike`;
    sqlite.exec(`insert or replace into left_out (line, kind, reason, who, shown, cells)
      select line, 'ambiguous', 'claimed-twice', who, shown, cells from found where line in (${lost})`);
    sqlite.exec(`delete from found where line in (${lost})`);
    sqlite.exec('drop table claims');
    sqlite.exec('commit');
    return count;
  }

  /** Writes one value a person and column, and says what each column holds. */
  fillValues(columns: readonly LayerColumnWish[], odd: readonly number[]): LayerColumn[] {
    const { sqlite } = this;
    sqlite.exec('begin');
    const insert = new BulkInsert(sqlite, 'insert into vals', [
      'place',
      'person_key',
      'amount',
      'word',
    ]);
    const rows = sqlite.prepare('select person_key as key, vals from found');
    for (const { key, vals } of eachRow<{ key: number; vals: string }>(rows)) {
      insert.add(PRESENCE, key, 1, null);
      for (const [at, value] of (JSON.parse(vals) as (LayerValue | null)[]).entries()) {
        if (value === null) continue;
        if ('amount' in value) insert.add(at + 1, key, value.amount, null);
        else insert.add(at + 1, key, null, value.word);
      }
    }
    insert.flush();
    sqlite.exec('commit');
    const presence = { name: '', kind: 'yes-no' as const };
    return [presence, ...columns].map((column, place) => this.#describe(place, column, odd));
  }

  #describe(
    place: number,
    { name, kind }: Pick<LayerColumnWish, 'name' | 'kind'>,
    odd: readonly number[],
  ): LayerColumn {
    const { given, least, most } = this.sqlite
      .prepare(
        'select count(*) as given, min(amount) as least, max(amount) as most from vals where place = ?',
      )
      .get(place) as { given: number; least: number | null; most: number | null };
    const about = { place, name, kind, given, odd: odd[place] ?? 0 };
    if (kind === 'number') {
      const range = least === null || most === null ? null : this.#range(place, least, most);
      return { ...about, range, words: [] };
    }
    if (kind === 'text') return { ...about, range: null, words: [] };
    const found = this.sqlite
      .prepare(
        `select amount, word, count(*) as people from vals where place = ? group by amount, word
          order by people desc, word, amount limit ${MOST_WORDS + 1}`,
      )
      .all(place) as unknown as { amount: number | null; word: string | null; people: number }[];
    if (found.length > MOST_WORDS) {
      throw new ProblemError(problem('layer-too-many-words', { column: name, most: MOST_WORDS }));
    }
    const words = found.map(({ people, ...value }) => ({
      value: sayLayerValue(kind, value),
      people,
    }));
    return { ...about, range: null, words };
  }

  #range(place: number, least: number, most: number): LayerRange {
    const bins = Array.from({ length: BINS }, () => 0);
    const width = most > least ? (most - least) / BINS : 1;
    const rows = this.sqlite.prepare(
      `select min(cast((amount - ?) / ? as integer), ${BINS - 1}) as bin, count(*) as people
        from vals where place = ? group by 1`,
    );
    for (const { bin, people } of rows.all(least, width, place) as unknown as {
      bin: number;
      people: number;
    }[]) {
      bins[bin] = people;
    }
    return { least, most, bins };
  }

  /** Everything is in the one file afterwards. */
  close(): void {
    this.sqlite.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    this.sqlite.close();
  }
}
