import type { Kysely } from 'kysely';
import {
  DUPLICATES_PAGE,
  type DuplicatePairShown,
  type DuplicateSide,
  type DuplicatesPage,
  type DuplicateView,
} from '#shared/model/duplicates.ts';
import { compareKept } from '#shared/roll/duplicates/choose-kept.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { evidenceOf, type OpenPair, readOpenPairs } from '../store/duplicate-rows.ts';
import type { Tables } from '../store/tables.ts';
import type { DuplicateSearches } from './duplicate-searches.ts';
import { readSides } from './read-sides.ts';

/** Some pairs that nobody has decided, the record first that would be kept. */
export async function showOpenPairs(
  db: Kysely<Tables>,
  pairs: readonly OpenPair[],
): Promise<DuplicatePairShown[]> {
  const sides = await readSides(
    db,
    pairs.flatMap(({ low, high }) => [low, high]),
  );
  return pairs.flatMap((pair) => {
    const [one, other] = [sides.get(pair.low), sides.get(pair.high)];
    if (one === undefined || other === undefined) return [];
    const [keep, lose] = compareKept(one, other) <= 0 ? [one, other] : [other, one];
    return [{ keep, lose, score: pair.score, evidence: evidenceOf(pair), decided: null }];
  });
}

interface Decided {
  readonly keep: number;
  readonly lose: number;
  readonly how: 'hand' | 'rule';
  readonly by: string | null;
  readonly at: number;
  readonly score: number | null;
  readonly reasons: string;
}

async function readDecided(
  db: Kysely<Tables>,
  view: 'merged' | 'apart',
  from: number,
): Promise<Decided[]> {
  if (view === 'merged') {
    return db
      .selectFrom('person_merges as m')
      .leftJoin('members', 'members.id', 'm.by_member')
      .select(['m.winner_key as keep', 'm.loser_key as lose', 'm.how', 'members.name as by'])
      .select(['m.at', 'm.score', 'm.reasons'])
      .orderBy('m.at', 'desc')
      .orderBy('m.loser_key')
      .limit(DUPLICATES_PAGE)
      .offset(from)
      .execute();
  }
  const rows = await db
    .selectFrom('not_same as n')
    .leftJoin('members', 'members.id', 'n.by_member')
    .leftJoin('duplicate_pairs as d', (join) =>
      join.onRef('d.low_key', '=', 'n.low_key').onRef('d.high_key', '=', 'n.high_key'),
    )
    .select(['n.low_key as keep', 'n.high_key as lose', 'members.name as by', 'n.at'])
    .select(['d.score', 'd.reasons'])
    .orderBy('n.at', 'desc')
    .orderBy('n.low_key')
    .orderBy('n.high_key')
    .limit(DUPLICATES_PAGE)
    .offset(from)
    .execute();
  return rows.map((row) => ({ ...row, how: 'hand', reasons: row.reasons ?? 'null' }));
}

async function showDecided(db: Kysely<Tables>, rows: readonly Decided[]) {
  const sides = await readSides(
    db,
    rows.flatMap(({ keep, lose }) => [keep, lose]),
  );
  return rows.flatMap((row): DuplicatePairShown[] => {
    const [keep, lose] = [sides.get(row.keep), sides.get(row.lose)];
    if (keep === undefined || lose === undefined) return [];
    const { how, by, at, score } = row;
    const evidence = evidenceOf(row);
    const [kept, gone] = [named(keep, lose), named(lose, keep)];
    return [{ keep: kept, lose: gone, score, evidence, decided: { how, by, at } }];
  });
}

/** Whoever left the roll left their name with it: the other record of the same person still has it. */
function named(side: DuplicateSide, other: DuplicateSide): DuplicateSide {
  if (side.firstName !== '' || side.lastName !== '') return side;
  const { firstName, middleName, lastName, nameSuffix } = other;
  return { ...side, firstName, middleName, lastName, nameSuffix };
}

async function count(db: Kysely<Tables>, table: 'person_merges' | 'not_same'): Promise<number> {
  const { n } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

/** A page of the pairs that are proposed, merged or kept apart, with how the search stands. */
export async function listDuplicates(
  db: ChapterDb,
  searches: Pick<DuplicateSearches, 'find'>,
  { view, from }: { readonly view: DuplicateView; readonly from: number },
): Promise<DuplicatesPage> {
  const search = await searches.find(db);
  const open = await readOpenPairs(db.read);
  const pairs =
    view === 'open'
      ? await showOpenPairs(db.read, open.slice(from, from + DUPLICATES_PAGE))
      : await showDecided(db.read, await readDecided(db.read, view, from));
  return {
    search,
    counts: {
      open: open.length,
      merged: await count(db.read, 'person_merges'),
      apart: await count(db.read, 'not_same'),
    },
    pairs,
  };
}
