import type { Kysely } from 'kysely';
import type { RulesPage } from '#shared/model/privacy.ts';
import type { Terms } from '#shared/model/rules.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { readRules } from './read-rules.ts';
import { countMinors } from './release-adults.ts';
import { listSweeps, previewSweep } from './sweep-chapter.ts';

const MOST_SWEEPS = 5;
const MOST_FILES = 50;

async function count(
  db: Kysely<Tables>,
  table: 'opt_outs' | 'door_opt_outs' | 'suppressions' | 'erasures',
): Promise<number> {
  const { rows } = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return rows;
}

async function readFiles(db: Kysely<Tables>): Promise<RulesPage['files']> {
  const rows = await db
    .selectFrom('imports')
    .select(['id', 'file_name', 'started_at', 'terms'])
    .where('state', '=', 'done')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_FILES)
    .execute();
  return rows.map(({ id, file_name: fileName, started_at: at, terms }, index) => ({
    id,
    fileName,
    at,
    stands: index === 0,
    terms: terms === null ? null : (JSON.parse(terms) as Terms),
  }));
}

/** What holds for this chapter and what it keeps, for the page of its rules. */
export async function readRulesPage(db: ChapterDb, now: number): Promise<RulesPage> {
  const { read } = db;
  return {
    ...(await readRules(read)),
    files: await readFiles(read),
    sweeps: await listSweeps(db, MOST_SWEEPS),
    next: await previewSweep(db, now),
    optedOut: await count(read, 'opt_outs'),
    optedOutDoors: await count(read, 'door_opt_outs'),
    marks: await count(read, 'suppressions'),
    erased: await count(read, 'erasures'),
    minors: await countMinors(db),
  };
}
