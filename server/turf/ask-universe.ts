import type { Kysely } from 'kysely';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Step } from '#shared/model/universe-step.ts';
import type { AskedSteps, UniverseQuestion } from '#shared/model/universe.ts';
import { asksFor, askedUniverses, type SavedSteps } from '#shared/universe/asked-universes.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { ensureField } from './field-facts.ts';

const OF_FIELD: ReadonlySet<string> = new Set(['answer', 'support', 'result', 'knocked', 'tag']);

const asksField = (steps: readonly Step[]): boolean =>
  steps.some(({ who }) => OF_FIELD.has(who.kind));

/** The saved universes as others may ask for them. */
export async function readSavedSteps(db: Pick<ChapterDb, 'read'>): Promise<SavedSteps[]> {
  const rows = await db.read
    .selectFrom('universes')
    .select(['id', 'name', 'question', 'frozen_at'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, question, frozen_at: frozenAt }) => ({
    id,
    name,
    steps: frozenAt === null ? readSteps(JSON.parse(question) as UniverseQuestion) : null,
  }));
}

/**
 * Makes a question ready to be asked: finds the universes that it asks for, and brings up to date what
 * it asks of the roll and of the log. `own` is the universe whose question it is; null: it is not saved.
 * Problems: universe-gone, universe-circle, universe-steps.
 */
export async function askUniverse(
  db: ChapterDb,
  question: UniverseQuestion,
  { own, now }: { readonly own: UniverseId | null; readonly now: number },
): Promise<Result<AskedSteps>> {
  const steps = readSteps(question);
  const saved = asksFor(steps).length === 0 ? [] : await readSavedSteps(db);
  const universes = askedUniverses(steps, saved, own);
  if (!universes.ok) return universes;
  await ensureUniverseRows(db);
  const all = [steps, ...universes.value.values()];
  if (all.some((list) => list !== null && asksField(list))) await ensureField(db);
  const { chapter, campaign } = await readChapter(db);
  const { timeZone } = chapter;
  const asked = { now, campaign: campaign.id, timeZone, universes: universes.value };
  return ok({ v: 2, steps: [...steps], asked });
}

/**
 * What is wrong with the universes that a question asks for at the moment of its writing: another may
 * have come to ask for this one, or gone, since it was made ready.
 */
export async function checkAsked(
  trx: Kysely<Tables>,
  question: UniverseQuestion,
  own: UniverseId | null,
): Promise<Problem | null> {
  const steps = readSteps(question);
  if (asksFor(steps).length === 0) return null;
  const asked = askedUniverses(steps, await readSavedSteps({ read: trx }), own);
  return asked.ok ? null : asked.problem;
}

/** The question of a frozen universe: whoever was kept. */
export function keptPeople(id: UniverseId): AskedSteps['steps'] {
  return [{ how: 'only', who: { kind: 'universe', id } }];
}
