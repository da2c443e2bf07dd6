import type { Kysely } from 'kysely';
import {
  type ChapterRules,
  MOST_KEPT,
  NO_RULES,
  type Region,
  type ServerPlace,
  type Terms,
} from '#shared/model/rules.ts';
import { isRegion } from '#shared/privacy/rules/rule-packs.ts';
import type { Tables } from '../store/tables.ts';

/** The state whose law the chapter's files are under, as it says, and what it has set. */
export async function readRules(
  db: Kysely<Tables>,
): Promise<{ readonly region: Region | null; readonly rules: ChapterRules }> {
  const { region, rules } = await db
    .selectFrom('chapter')
    .select(['region', 'rules'])
    .executeTakeFirstOrThrow();
  const said = rules === null ? {} : (JSON.parse(rules) as Partial<ChapterRules>);
  const all = { ...NO_RULES, ...said };
  // What an older version allowed must not outlast what is allowed now.
  return {
    region: isRegion(region) ? region : null,
    rules: {
      ...all,
      notesMonths: Math.min(all.notesMonths, MOST_KEPT.notesMonths),
      answersMonths: Math.min(all.answersMonths, MOST_KEPT.answersMonths),
      keyDays: Math.min(all.keyDays, MOST_KEPT.keyDays),
    },
  };
}

/** What is said of files already: the terms of the newest one, and what holds for the chapter. */
export async function readSaidTerms(db: Kysely<Tables>): Promise<{
  readonly terms: Terms | null;
  readonly region: Region | null;
  readonly serverIn: ServerPlace | null;
}> {
  const row = await db
    .selectFrom('imports')
    .select('terms')
    .where('terms', 'is not', null)
    .where('state', '=', 'done')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const { region, rules } = await readRules(db);
  const terms = row?.terms ? (JSON.parse(row.terms) as Terms) : null;
  return { terms, region, serverIn: rules.serverIn };
}
