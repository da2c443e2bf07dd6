import { makeId, type MemberId, type UniverseId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChangeUniverse, SaveUniverse, Universe } from '#shared/model/universe.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { askUniverse, checkAsked, keptPeople } from './ask-universe.ts';
import { countUniverse } from './count-universe.ts';
import { copyPeople, forgetPeople, keepPeople } from './keep-people.ts';
import { readUniverse } from './universes.ts';

async function found(db: ChapterDb, id: UniverseId): Promise<Universe> {
  const universe = await readUniverse(db, id);
  if (universe === null) throw new ProblemError(problem('not-found'));
  return universe;
}

/** Counts a question once it is ready; throws its problems. */
async function countReady(
  db: ChapterDb,
  question: Universe['question'],
  as: { readonly own: UniverseId | null; readonly now: number },
) {
  const ready = await askUniverse(db, question, as);
  if (!ready.ok) throw new ProblemError(ready.problem);
  const { people, doors } = await countUniverse(db, ready.value);
  return { ready: ready.value, people, doors };
}

/**
 * Keeps a question under a name, and its people when it is to be frozen; or another universe once more,
 * with the people whom that one keeps. Throws not-found, and the problems of askUniverse.
 */
export async function saveUniverse(
  db: ChapterDb,
  wish: SaveUniverse,
  memberId: MemberId,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Universe> {
  const now = clock();
  const id = makeId<UniverseId>(now, random);
  const other = wish.copyOf === undefined ? null : await found(db, wish.copyOf);
  const question = other?.question ?? wish.question;
  const frozen = other === null ? wish.frozen === true : other.frozenAt !== null;
  if (other !== null && frozen) await copyPeople(db, other.id, id);
  const asked =
    other !== null && frozen ? { v: 2 as const, steps: keptPeople(other.id) } : question;
  const { ready, people, doors } = await countReady(db, asked, { own: null, now });
  if (other === null && frozen) await keepPeople(db, { id, version: null }, ready);
  const { campaign } = await readChapter(db);
  const refused = await db.write(async (trx) => {
    const gone = await checkAsked(trx, asked, null);
    if (gone !== null) return gone;
    await trx
      .insertInto('universes')
      .values({
        id,
        campaign_id: campaign.id,
        name: wish.name,
        question: JSON.stringify(question),
        people,
        doors,
        created_by: memberId,
        created_at: now,
        frozen_at: frozen ? (other?.frozenAt ?? now) : null,
      })
      .execute();
    return null;
  });
  if (refused !== null) {
    await forgetPeople(db, id);
    throw new ProblemError(refused);
  }
  return found(db, id);
}

/** Counts a universe's version up once; false when somebody else did. */
async function takeVersion(db: ChapterDb, id: UniverseId, seen: number): Promise<boolean> {
  const { numUpdatedRows } = await db.write((trx) =>
    trx
      .updateTable('universes')
      .set({ version: seen + 1 })
      .where('id', '=', id)
      .where('version', '=', seen)
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

/**
 * Another name or question, frozen or live. Turfs that are cut from it stay as they are: what they ask
 * for later, when another roll stands or they are cut again, follows the question as it is then. Problems:
 * not-found, version-changed, universe-frozen for another question while its people are kept, those of
 * askUniverse.
 */
export async function changeUniverse(
  db: ChapterDb,
  id: UniverseId,
  wish: ChangeUniverse,
  seen: number,
  { clock }: Pick<Ports, 'clock'>,
): Promise<Result<Universe>> {
  const before = await readUniverse(db, id);
  if (before === null) return fail(problem('not-found'));
  if (before.version !== seen) return fail(problem('version-changed'));
  const now = clock();
  const question = wish.question ?? before.question;
  const frozen = wish.frozen ?? before.frozenAt !== null;
  if (wish.question !== undefined && frozen && before.frozenAt !== null) {
    return fail(problem('universe-frozen'));
  }
  const isAsked = wish.question !== undefined || frozen !== (before.frozenAt !== null);
  let { people, doors, frozenAt } = before;
  let version = seen;
  if (isAsked) {
    const { ready, ...count } = await countReady(db, question, { own: id, now });
    ({ people, doors } = count);
    frozenAt = frozen ? now : null;
    if (frozen) {
      // Of two who freeze it at once only one writes whom it keeps.
      if (!(await takeVersion(db, id, seen))) return fail(problem('version-changed'));
      version = seen + 1;
      if (!(await keepPeople(db, { id, version }, ready))) return fail(problem('version-changed'));
    }
  }
  const row = { name: wish.name ?? before.name, people, doors, frozen_at: frozenAt };
  const refused = await db.write(async (trx) => {
    const circle = isAsked ? await checkAsked(trx, question, id) : null;
    if (circle !== null) return circle;
    const { numUpdatedRows } = await trx
      .updateTable('universes')
      .set({ ...row, question: JSON.stringify(question), version: seen + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return problem('version-changed');
    // In one with it: whoever freezes it next keeps people under the same id.
    if (frozenAt === null) {
      await trx.deleteFrom('universe_people').where('universe_id', '=', id).execute();
    }
    return null;
  });
  return refused === null ? ok(await found(db, id)) : fail(refused);
}
