import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { dayIn } from '#shared/kernel/instant.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { Sweep, SweepReport } from '#shared/model/privacy.ts';
import { AFTER_CERTIFIED_DAYS, type ChapterRules, type Terms } from '#shared/model/rules.ts';
import { unknownTerms } from '#shared/privacy/rules/check-terms.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { dropUpload, uploadsDir } from '../roll/upload.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { askKysely } from '../store/ask-sql.ts';
import { markOptOuts } from '../store/mark-opt-outs.ts';
import type { Tables } from '../store/tables.ts';
import { dropAbandoned } from '../turf/stage-turfs.ts';
import { readRules } from './read-rules.ts';
import { releaseAdults } from './release-adults.ts';
import { countOldFacts, sweepFacts } from './sweep-facts.ts';

const DAY = 24 * 3_600_000;
/** An upload that no import has taken by then never will be. */
const UPLOAD_KEPT = DAY;
/** An invite that nobody used holds somebody's name. */
const INVITE_KEPT = 7 * DAY;

/** Where the last sweep ended, with its report. */
interface Kept extends SweepReport {
  readonly notesTo: number;
  readonly answersTo: number;
}

/** The same moment so many months earlier, in ms since 1970; the last day of a shorter month. */
export function monthsBefore(now: number, months: number): number {
  const then = new Date(now);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, last));
  return then.getTime();
}

/** Answers that came before this moment go. */
function answersBefore({ answersMonths, certifiedOn }: ChapterRules, now: number): number {
  const byAge = monthsBefore(now, answersMonths);
  if (certifiedOn === null) return byAge;
  const certified = Date.parse(`${certifiedOn}T00:00:00Z`) + DAY;
  return now >= certified + AFTER_CERTIFIED_DAYS * DAY ? Math.max(byAge, certified) : byAge;
}

async function readLast(db: Pick<ChapterDb, 'read'>): Promise<Partial<Kept>> {
  const row = await db.read
    .selectFrom('sweeps')
    .select('report')
    .orderBy('key', 'desc')
    .executeTakeFirst();
  return row === undefined ? {} : (JSON.parse(row.report) as Kept);
}

/** Uploads that lie here and that nothing will import any more. */
async function findUploads(db: ChapterDb, now: number): Promise<string[]> {
  const dir = uploadsDir(db);
  if (!existsSync(dir)) return [];
  const old: string[] = [];
  for (const name of await readdir(dir)) {
    if (/\.(?:json|open)$/.test(name)) continue;
    const path = join(dir, name);
    const made = (await stat(path).catch(() => null))?.mtimeMs ?? now;
    if (now - made > UPLOAD_KEPT) old.push(path);
  }
  return old;
}

/** What goes by a plain condition: table, condition, and what the report calls it. */
function rowsToDrop({ keyDays }: ChapterRules, now: number) {
  const stands = sql<string>`(select id from imports where state = 'done'
    order by finished_at desc, id desc limit 1)`;
  const silent = now - keyDays * DAY;
  return {
    faults: [{ table: 'import_faults', where: sql`import_id <> ${stands}` }],
    sessions: [
      { table: 'sessions', where: sql`expires_at <= ${now}` },
      { table: 'challenges', where: sql`expires_at <= ${now}` },
      { table: 'sign_in_links', where: sql`expires_at <= ${now}` },
      { table: 'invites', where: sql`expires_at <= ${now - INVITE_KEPT}` },
    ],
    keys: sql<boolean>`coalesce(last_seen_at, joined_at) < ${silent}
      and (grant_until > ${now} or grant_until = 0)`,
  } as const;
}

async function countRows(db: Kysely<Tables>, rules: ChapterRules, now: number) {
  const drop = rowsToDrop(rules, now);
  const count = async (table: string, where: ReturnType<typeof sql>): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
      where ${where}`.execute(db);
    return rows[0]?.n ?? 0;
  };
  const sum = async (parts: readonly { table: string; where: ReturnType<typeof sql> }[]) => {
    let total = 0;
    for (const { table, where } of parts) total += await count(table, where);
    return total;
  };
  return {
    faults: await sum(drop.faults),
    sessions: await sum(drop.sessions),
    keys: await count('devices', drop.keys),
  };
}

/** How much nobody knows of the terms of the roll that stands; 0 while none does. */
async function countUnknownTerms(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('imports')
    .select('terms')
    .where('state', '=', 'done')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (row === undefined) return 0;
  return unknownTerms(row.terms === null ? null : (JSON.parse(row.terms) as Terms)).length;
}

/** What the next sweep will delete; nothing is changed. */
export async function previewSweep(db: ChapterDb, now: number): Promise<SweepReport> {
  const { rules } = await readRules(db.read);
  const last = await readLast(db);
  const { time_zone: zone } = await db.read
    .selectFrom('chapter')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const { people } = await db.read
    .selectFrom('voters')
    .select((select) => select.fn.countAll<number>().as('people'))
    .where('adult_on', '<=', dayIn(now, zone))
    .executeTakeFirstOrThrow();
  return {
    notes: await countOldFacts(db, {
      after: last.notesTo ?? 0,
      before: monthsBefore(now, rules.notesMonths),
      what: 'notes',
    }),
    answers: await countOldFacts(db, {
      after: last.answersTo ?? 0,
      before: answersBefore(rules, now),
      what: 'answers',
    }),
    uploads: (await findUploads(db, now)).length,
    ...(await countRows(db.read, rules, now)),
    adults: people,
    unknownTerms: await countUnknownTerms(db.read),
  };
}

/**
 * Deletes what the chapter has kept for long enough, and writes down how much of what that was. Facts
 * stay as facts: what was said in them goes. Of several processes one does it; null when another has
 * it at the moment. Safe to repeat.
 */
export async function sweepChapter(
  db: ChapterDb,
  actor: AuditActor,
  clock: () => number,
): Promise<Sweep | null> {
  const release = await db.claim('sweeping');
  if (release === null) return null;
  try {
    const now = clock();
    const { rules } = await readRules(db.read);
    const last = await readLast(db);
    const notes = await sweepFacts(db, {
      after: last.notesTo ?? 0,
      before: monthsBefore(now, rules.notesMonths),
      what: 'notes',
    });
    const answers = await sweepFacts(db, {
      after: last.answersTo ?? 0,
      before: answersBefore(rules, now),
      what: 'answers',
    });
    const uploads = await findUploads(db, now);
    for (const path of uploads) await dropUpload(path);
    const adults = await releaseAdults(db, now);
    await dropAbandoned(db, [], now);
    return await db.write(async (trx) => {
      const counts = await countRows(trx, rules, now);
      const drop = rowsToDrop(rules, now);
      for (const { table, where } of [...drop.faults, ...drop.sessions]) {
        await sql`delete from ${sql.table(table)} where ${where}`.execute(trx);
      }
      await trx.updateTable('devices').set({ grant_until: now }).where(drop.keys).execute();
      await markOptOuts(askKysely(trx), now);
      const report: SweepReport = {
        notes: notes.facts,
        answers: answers.facts,
        uploads: uploads.length,
        ...counts,
        adults,
        unknownTerms: await countUnknownTerms(trx),
      };
      const kept: Kept = { ...report, notesTo: notes.to, answersTo: answers.to };
      await trx
        .insertInto('sweeps')
        .values({ at: now, report: JSON.stringify(kept) })
        .execute();
      await appendAudit(trx, { at: now, kind: 'swept', actor, details: { ...report } });
      return { at: now, report };
    });
  } finally {
    await release();
  }
}

/** The last sweeps, newest first. */
export async function listSweeps(db: Pick<ChapterDb, 'read'>, most: number): Promise<Sweep[]> {
  const rows = await db.read
    .selectFrom('sweeps')
    .select(['at', 'report'])
    .orderBy('key', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ at, report }) => {
    const { notesTo: _, answersTo: __, ...counts } = JSON.parse(report) as Kept;
    // Reports from before terms were asked for say nothing of them.
    return { at, report: { ...counts, unknownTerms: counts.unknownTerms ?? 0 } };
  });
}
