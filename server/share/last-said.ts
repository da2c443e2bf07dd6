import type { Kysely } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { compareFacts, effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { formatInstant } from '#shared/kernel/instant.ts';
import type { PersonId, QuestionId } from '#shared/kernel/ids.ts';
import type { Given } from '#shared/model/fact.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from '../sync/read-logged.ts';

/** What one person said last, and what the last knock for them came to. */
export interface LastSaid {
  readonly result: string;
  readonly knockedOn: string;
  readonly support: number | null;
  /** Question and answer, of each question the last one. */
  readonly answers: readonly string[];
}

export type Questions = ReadonlyMap<QuestionId, Question>;

/** Every question of every published script. */
export async function readQuestions(db: Kysely<Tables>): Promise<Questions> {
  const rows = await db
    .selectFrom('script_versions')
    .select('body')
    .orderBy('published_at')
    .execute();
  const all = rows.flatMap(({ body }) => (JSON.parse(body) as ScriptBody).questions);
  return new Map(all.map((question) => [question.id, question]));
}

/** Null for what was not answered: it leaves no trace with others. */
function sayGiven(given: Given, question: Question | undefined): string | null {
  const label = (id: string): string =>
    question?.options.find((option) => option.id === id)?.label ?? id;
  switch (given.kind) {
    case 'one':
      return label(given.option);
    case 'many':
      return given.options.map(label).join('; ');
    case 'support':
    case 'text':
    case 'number':
    case 'date':
    // What somebody wrote down of a talk stays with the chapter.
    case 'skipped':
    case 'refused':
    case 'unknown':
      return null;
  }
}

/** What the people behind these doors said last, folded from the facts that stand. */
export async function readLastSaid(
  db: Kysely<Tables>,
  doorKeys: readonly number[],
  questions: Questions,
  faceOf: ReadonlyMap<PersonId, PersonId>,
): Promise<ReadonlyMap<PersonId, LastSaid>> {
  const last = new Map<PersonId, LastSaid>();
  if (doorKeys.length === 0) return last;
  const rows = await db
    .selectFrom('ops')
    .select(['door_key', 'body', 'eff_hlc'])
    .where('door_key', 'in', doorKeys)
    .orderBy('door_key')
    .orderBy('seq')
    .execute();
  const byDoor = new Map<number, Operation[]>();
  for (const row of rows) {
    const facts = byDoor.get(row.door_key) ?? [];
    facts.push(asOne(readLogged(row), faceOf));
    byDoor.set(row.door_key, facts);
  }
  // A fact replaces another of its own door alone; across doors the stamps give the order.
  const standing = [...byDoor.values()].flatMap((facts) => effectiveFacts(facts));
  for (const fact of standing.sort(compareFacts)) {
    if (fact.type !== 'knock' || fact.payload.personId === null) continue;
    const { personId, outcome, answers } = fact.payload;
    const before = last.get(personId);
    const said = new Map(before?.answers.map((text) => [text.split(': ')[0], text] as const));
    let support = before?.support ?? null;
    for (const { questionId, given } of answers) {
      if (given.kind === 'support') support = given.level;
      const question = questions.get(questionId);
      const text = sayGiven(given, question);
      if (text === null) continue;
      const prompt = (question?.prompt ?? questionId).replaceAll(/[:|]/g, ' ');
      said.set(prompt, `${prompt}: ${text}`);
    }
    last.set(personId, {
      result: outcome.kind === 'result' ? outcome.result : 'contact',
      knockedOn: formatInstant(knockedAt(fact)).slice(0, 10),
      support,
      answers: [...said.values()],
    });
  }
  return last;
}
