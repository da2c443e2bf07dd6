import { rm } from 'node:fs/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { Erased } from '#shared/model/privacy.ts';
import { emptyFact } from '#shared/privacy/empty-fact.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { draftsDir } from '../roll/layer-draft.ts';
import { askKysely } from '../store/ask-sql.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { MARKABLE, MARKABLE_JOINS, type Markable, marksOf } from '../store/mark-opt-outs.ts';
import { readSuppressKey } from '../store/mark-opt-outs.ts';
import { dropMerges, readGroup } from '../store/merged-people.ts';
import { engineOf } from '../store/run-ddl.ts';
import { sideTables } from '../store/side-tables.ts';
import type { Registry } from '../store/registry.ts';
import { suppressionMark } from '../store/suppression-mark.ts';
import type { Tables } from '../store/tables.ts';
import { emptyOps, renewTurfs } from './empty-ops.ts';
import { factsAbout, heldAbout, type Sought } from './facts-about.ts';
import { forgetInLayers } from './forget-in-layers.ts';

type Trx = Transaction<Tables>;

/** Somebody as erasing needs them. */
export interface ToErase extends Sought, Omit<Markable, 'id' | 'firstName' | 'lastName'> {
  readonly doorId: string;
}

const TO_ERASE = `select p.key, p.door_key as "doorKey", d.id as "doorId", ${MARKABLE}
  from people p ${MARKABLE_JOINS}`;

/** One person by id, or null. */
export async function findToErase(db: Kysely<Tables>, id: PersonId): Promise<ToErase | null> {
  const [row] = await askKysely(db)<ToErase>(`${TO_ERASE} where p.id = $1`, [id]);
  return row ?? null;
}

/** Those of some records that are there. */
export async function findAllToErase(
  db: Kysely<Tables>,
  keys: readonly number[],
): Promise<ToErase[]> {
  if (keys.length === 0) return [];
  const rows = await db.selectFrom('people').select('id').where('key', 'in', keys).execute();
  const found: ToErase[] = [];
  for (const { id } of rows) {
    const who = await findToErase(db, id);
    if (who !== null) found.push(who);
  }
  return found;
}

/** Every mark by which they would be known again: of our id, of the roll's, of name and address. */
export function erasureMarks(key: Uint8Array, who: ToErase): Uint8Array[] {
  const own = suppressionMark(key, { personId: who.id });
  const others = marksOf(key, who).map(({ mark }) => mark);
  return own === null ? others : [own, ...others];
}

async function emptyHeld(trx: Trx, who: ToErase): Promise<number> {
  const held = await heldAbout(trx, who, who.doorId);
  for (const { key, body } of held) {
    // What cannot be read cannot be emptied in part.
    const left = emptyFact(body, ['person']) ?? '{}';
    await trx
      .updateTable('held_ops')
      .set({ body: Buffer.from(left), emptied: 1 })
      .where('key', '=', key)
      .execute();
  }
  return held.length;
}

/** The rows of a voter file as it was read: those that name them. */
async function dropFaults(trx: Trx, { sourceId, key }: ToErase): Promise<void> {
  const voter = await trx
    .selectFrom('voters')
    .select(['import_id', 'line'])
    .where('person_key', '=', key)
    .executeTakeFirst();
  if (voter !== undefined) {
    await trx
      .deleteFrom('import_faults')
      .where('import_id', '=', voter.import_id)
      .where('line', '=', voter.line)
      .execute();
  }
  if (sourceId === null) return;
  const cell = JSON.stringify(sourceId).replaceAll(/[\\%_]/g, String.raw`\$&`);
  await trx
    .deleteFrom('import_faults')
    .where(sql<boolean>`cells like ${`%${cell}%`} escape ${'\\'}`)
    .execute();
}

/**
 * Takes somebody out of the chapter, in the transaction that is open: their rows go, their facts
 * and what is held of them are emptied, their marks stay. Gives how many facts were emptied.
 */
export async function erase(
  trx: Trx,
  who: ToErase,
  said: { readonly at: number; readonly byName: string; readonly why: string },
): Promise<number> {
  const facts = await factsAbout(trx, who);
  const named = facts.filter(({ about }) => about === 'named');
  const mentioned = facts.filter(({ about }) => about === 'mentioned');
  let emptied = await emptyOps(trx, named, ['person']);
  emptied += await emptyOps(trx, mentioned, ['notes', 'answers']);
  emptied += await emptyHeld(trx, who);
  await dropFaults(trx, who);
  await forgetInLayers(trx, who);
  await trx
    .updateTable('ops')
    .set({ person_key: null })
    .where('person_key', '=', who.key)
    .execute();
  const ofPerson = [
    'voters',
    'voted',
    'residents',
    'opt_outs',
    'roll_moves',
    'turf_targets',
    'universe_rows',
    'universe_people',
    'field_people',
    'field_answers',
    'field_tags',
    'field_named',
    'field_faces',
    'consents',
    'opt_out_clears',
  ] as const;
  for (const table of ofPerson) {
    await sql`delete from ${sql.table(table)} where person_key = ${who.key}`.execute(trx);
  }
  for (const table of await sideTables(askKysely(trx), engineOf(trx))) {
    await sql`delete from ${sql.table(table)} where person_key = ${who.key}`.execute(trx);
  }
  await dropMerges(trx, who.key);
  await renewTurfs(trx, [who.doorKey, ...facts.map((fact) => fact.door_key)]);
  await trx.deleteFrom('people').where('key', '=', who.key).execute();
  const key = await readSuppressKey(askKysely(trx));
  for (const mark of erasureMarks(key, who)) {
    await trx
      .insertInto('erasures')
      .values({ mark, at: said.at, by_name: said.byName, why: said.why })
      .onConflict((conflict) => conflict.column('mark').doNothing())
      .execute();
  }
  return emptied;
}

/** Notes every erasure of the chapter outside its database, so that no restore undoes one. */
export async function noteErasures(db: ChapterDb, registry: Registry): Promise<void> {
  const rows = await db.read.selectFrom('erasures').select(['mark', 'at']).execute();
  await registry.noteErasures(db.id, rows);
}

/**
 * Erases one person for good: no restore, no phone that sends again and no new roll brings them
 * back. Problems: not-found; import-running, as the roll that is being read may have them.
 */
export async function erasePerson(
  db: ChapterDb,
  id: PersonId,
  by: { readonly actor: AuditActor; readonly name: string; readonly why: string },
  { registry, clock }: { readonly registry: Registry; readonly clock: () => number },
): Promise<Result<Erased>> {
  const release = await db.claim('importing');
  if (release === null) return fail(problem('import-running'));
  try {
    const at = clock();
    const done = await db.write(async (trx): Promise<Result<Erased>> => {
      const who = await findToErase(trx, id);
      if (who === null) return fail(problem('not-found'));
      let facts = 0;
      // One person under several numbers is forgotten under all of them.
      const { keys } = await readGroup(trx, who.key);
      for (const one of await findAllToErase(trx, keys)) {
        facts += await erase(trx, one, { at, byName: by.name, why: by.why });
      }
      const key = await readSuppressKey(askKysely(trx));
      const mark = suppressionMark(key, { personId: id });
      // Not the id: anybody who has the voter file could make it anew.
      const subject = Buffer.from(mark ?? [])
        .toString('hex')
        .slice(0, 32);
      await appendAudit(trx, {
        at,
        kind: 'person-erased',
        actor: by.actor,
        subject,
        details: { facts, records: keys.length, why: by.why },
      });
      return ok({ facts, at, records: keys.length });
    });
    if (done.ok) await noteErasures(db, registry);
    // Previews of layers may name them.
    if (done.ok) await rm(draftsDir(db), { recursive: true, force: true });
    return done;
  } finally {
    await release();
  }
}
