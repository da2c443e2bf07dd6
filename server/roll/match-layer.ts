import { setImmediate } from 'node:timers/promises';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { LayerCounts, LayerSample, LayerSamples, StartLayer } from '#shared/model/layer.ts';
import type { SampleGroup } from '#shared/model/layer-kind.ts';
import { isBlankRow } from '#shared/roll/inspect-text.ts';
import { type LayerValue, readLayerValue } from '#shared/roll/layer-value.ts';
import type { LayerReason } from '#shared/roll/layer-reason.ts';
import { compareHomes } from '#shared/roll/compare-homes.ts';
import { compareNames, NEVER } from '#shared/roll/compare-names.ts';
import { type Candidate, LEAST_SCORE, pickPerson } from '#shared/roll/pick-person.ts';
import { makeWhoReader, type Who } from '#shared/roll/read-who.ts';
import type { ImportProgress } from './import-messages.ts';
import type { ErasedLookup } from './layer-erased.ts';
import type { LayerPeople } from './layer-people.ts';
import { whoOf } from './layer-who.ts';
import { type LayerValuesFile, RANK } from './layer-values-file.ts';
import { readRows } from './read-rows.ts';

export interface MatchWish {
  readonly path: string;
  readonly wish: StartLayer;
  readonly people: LayerPeople;
  readonly erased: ErasedLookup;
  readonly file: LayerValuesFile;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly cancelled: () => boolean;
}

export interface Matched {
  readonly header: readonly string[];
  readonly counts: LayerCounts;
  readonly samples: LayerSamples;
  /** By place: cells that are no value of their column's kind. */
  readonly odd: readonly number[];
}

/** Rows of each group that are shown before anything is kept. */
const SHOWN = 8;

/** One pass over a file: each row finds its person or is left out with its reason. */
class LayerMatcher {
  readonly #wish: MatchWish;
  readonly #read: ReturnType<typeof makeWhoReader>;
  readonly #shownColumns: readonly number[];
  readonly header: readonly string[];
  readonly odd: number[];
  rows = 0;
  erased = 0;

  constructor(wish: MatchWish, header: readonly string[] | null, width: number) {
    this.#wish = wish;
    const { mapping, columns, how } = wish.wish;
    this.#read = makeWhoReader(mapping.columns, width, how);
    const read = [...mapping.columns, ...columns].map(({ column }) => column);
    // What nobody chose is kept nowhere.
    this.#shownColumns = [...new Set(read)].sort((a, b) => a - b);
    this.header = this.#shownColumns.map(
      (column) => header?.[column]?.trim() || `column ${column + 1}`,
    );
    this.odd = [0, ...columns.map(() => 0)];
  }

  take(cells: readonly string[], line: number, damage: LayerReason | undefined): void {
    this.rows++;
    const shown = this.#shownColumns.map((column) => (cells[column] ?? '').replaceAll('\0', '␀'));
    const { file, people, erased } = this.#wish;
    const leave = (
      kind: 'ambiguous' | 'unmatched' | 'rejected' | 'noted',
      reason: LayerReason,
      who: Who | null,
    ): void =>
      file.addLeftOut({
        line,
        kind,
        reason,
        who: who === null ? '' : whoOf(who),
        shown: who?.shown ?? '',
        cells: shown,
      });
    if (damage !== undefined) return leave('rejected', damage, null);
    const read = this.#read(cells);
    if (!read.ok) return leave('rejected', read.problem, null);
    const who = read.value;
    if (erased(who)) {
      // In no list either: they asked to be forgotten.
      this.erased++;
      return;
    }
    const byId = who.id === '' ? null : people.findById(who.id);
    const found = byId === null ? this.#byName(who) : this.#byId(byId, who);
    if (typeof found === 'string') {
      const doubt = found === 'several-people' || found === 'id-other-name';
      return leave(doubt ? 'ambiguous' : 'unmatched', found, who);
    }
    const values = this.#values(cells, () => leave('noted', 'value-odd', who));
    file.addFound({
      line,
      personKey: found.key,
      rank: found.rank,
      score: found.score,
      shown: who.shown,
      who: whoOf(who),
      values,
      cells: shown,
    });
  }

  /** The id alone, where the row has no name; otherwise not against what the names say. */
  #byId(key: number, { person }: Who): { key: number; rank: 0; score: number } | LayerReason {
    const known = person === null ? null : this.#wish.people.candidateOf(key);
    if (person !== null && known !== null && isSomebodyElse(person, known)) return 'id-other-name';
    return { key, rank: RANK.id, score: 1 };
  }

  #byName({ person }: Who): { key: number; rank: 1 | 2; score: number } | LayerReason {
    if (person === null) return 'id-unknown';
    const { people } = this.#wish;
    const { name, home } = person;
    const picked = pickPerson(name, home, people.candidates(name.lasts, home));
    if (picked.kind === 'one') {
      const { key, score, exact } = picked;
      return { key, score, rank: exact ? RANK.exact : RANK.tolerant };
    }
    if (picked.kind === 'several') return 'several-people';
    if (people.knowsName(name.last, name.first)) return 'name-elsewhere';
    return people.knowsHouse(home) ? 'name-unknown' : 'address-unknown';
  }

  #values(cells: readonly string[], onOdd: () => void): (LayerValue | null)[] {
    let odd = false;
    const values = this.#wish.wish.columns.map(({ column, kind }, at) => {
      const value = readLayerValue(kind, cells[column] ?? '');
      if (value !== 'odd') return value;
      odd = true;
      this.odd[at + 1] = (this.odd[at + 1] ?? 0) + 1;
      return null;
    });
    if (odd) onOdd();
    return values;
  }
}

/** Another name, unless it is a new last name at the same home. */
function isSomebodyElse({ name, home }: NonNullable<Who['person']>, known: Candidate): boolean {
  if (compareNames(name, known.name) < NEVER) return false;
  return name.first !== known.name.first || compareHomes(home, known.home) > 1 - LEAST_SCORE;
}

function count(file: LayerValuesFile, where: string): number {
  const row = file.sqlite.prepare(`select count(*) as n from ${where}`).get() as { n: number };
  return row.n;
}

function countAll(
  file: LayerValuesFile,
  { rows, erased }: LayerMatcher,
  repeated: number,
): LayerCounts {
  const byRank = (rank: number): number => count(file, `found where rank = ${rank}`);
  const leftOut = (kind: string): number => count(file, `left_out where kind = '${kind}'`);
  const reasons = file.sqlite
    .prepare('select reason, count(*) as n from left_out group by reason order by n desc, reason')
    .all() as unknown as { reason: string; n: number }[];
  return {
    rows,
    byId: byRank(RANK.id),
    exact: byRank(RANK.exact),
    tolerant: byRank(RANK.tolerant),
    ambiguous: leftOut('ambiguous'),
    unmatched: leftOut('unmatched'),
    rejected: leftOut('rejected'),
    repeated,
    erased,
    leftOutByReason: Object.fromEntries(reasons.map(({ reason, n }) => [reason, n])),
  };
}

function sample(file: LayerValuesFile, people: LayerPeople): LayerSamples {
  const found = (where: string): LayerSample[] =>
    (
      file.sqlite
        .prepare(
          `select line, shown, person_key as key, score from found where ${where} limit ${SHOWN}`,
        )
        .all() as unknown as { line: number; shown: string; key: number; score: number }[]
    )
      .map(({ line, shown, key, score }) => ({
        line,
        row: shown,
        person: people.shownOf(key),
        score,
        reason: null,
      }))
      // Children are in no list.
      .filter(({ person }) => person !== null);
  const left = (kind: string): LayerSample[] =>
    (
      file.sqlite
        .prepare(`select line, shown, reason from left_out where kind = ? limit ${SHOWN}`)
        .all(kind) as unknown as { line: number; shown: string; reason: string }[]
    ).map(({ line, shown, reason }) => ({ line, row: shown, person: null, score: null, reason }));
  const groups: Record<SampleGroup, readonly LayerSample[]> = {
    id: found(`rank = ${RANK.id}`),
    // The least sure ones first: they are what a person should look at.
    name: found(`rank > ${RANK.id} order by score, line`),
    ambiguous: left('ambiguous'),
    unmatched: left('unmatched'),
  };
  return groups;
}

/**
 * Holds every row of a file against the people. Null when it was cancelled. Throws roll-empty for a
 * file without a row, layer-too-many-words.
 */
export async function matchLayer(wish: MatchWish): Promise<Matched | null> {
  const { mapping } = wish.wish;
  const { file, people, cancelled, onProgress } = wish;
  const headerLine = mapping.headerLine ?? 1;
  let matcher: LayerMatcher | null = null;
  for (const block of readRows(wish.path, mapping)) {
    // A word to cancel is heard between two blocks.
    await setImmediate();
    if (cancelled()) return null;
    file.begin();
    for (const [i, cells] of block.rows.entries()) {
      const line = block.lines[i] ?? 0;
      if (line < headerLine || isBlankRow(cells)) continue;
      if (matcher === null) {
        const named = headerLine > 0;
        matcher = new LayerMatcher(wish, named ? cells : null, cells.length);
        if (named) continue;
      }
      matcher.take(cells, line, block.damaged.get(i) as LayerReason | undefined);
    }
    file.commit();
    onProgress({ step: 'reading', rowsRead: matcher?.rows ?? 0, bytesRead: block.bytesRead });
  }
  if (matcher === null || matcher.rows === 0) throw new ProblemError(problem('roll-empty'));
  const repeated = file.settle();
  const { header, odd } = matcher;
  const counts = countAll(file, matcher, repeated);
  return { header, counts, samples: sample(file, people), odd };
}
