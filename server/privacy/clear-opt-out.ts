import type { Transaction } from 'kysely';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { MemberId, PersonId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { asksNoContact } from '#shared/canvass/door-state.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { askKysely } from '../store/ask-sql.ts';
import { marksOf, readSuppressKey } from '../store/mark-opt-outs.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from '../sync/read-logged.ts';
import { OP_TO_EMPTY, renewTurfs, rewriteOp } from './empty-ops.ts';
import { findToErase, type ToErase } from './erase-person.ts';

type Trx = Transaction<Tables>;

/**
 * Marks the facts that asked for it, of this person or of the whole door, as cleared: every fold on
 * the server and on phones then reads them as a knock like any other. What comes later is a fact
 * without that mark, and wins again.
 */
async function clearFacts(trx: Trx, who: ToErase, ofDoor: boolean): Promise<number> {
  const rows = await trx
    .selectFrom('ops')
    .select([...OP_TO_EMPTY, 'eff_hlc'])
    .where('type', '=', 'knock')
    .where((where) =>
      where.or([where('person_key', '=', who.key), where('door_key', '=', who.doorKey)]),
    )
    .execute();
  let cleared = 0;
  for (const row of rows) {
    const fact = readLogged({ body: row.body, eff_hlc: null });
    if (fact.type !== 'knock' || !asksNoContact(fact)) continue;
    const { personId } = fact.payload;
    const meant = personId === who.id || (ofDoor && personId === null);
    if (!meant) continue;
    const body = canonicalJson({ ...(JSON.parse(row.body) as object), cleared: true });
    await rewriteOp(trx, row, body);
    cleared += 1;
  }
  return cleared;
}

async function dropMarks(trx: Trx, who: ToErase): Promise<void> {
  const key = await readSuppressKey(askKysely(trx));
  for (const { mark } of marksOf(key, who)) {
    await trx.deleteFrom('suppressions').where('mark', '=', mark).execute();
  }
}

async function note(
  trx: Trx,
  row: { personKey: number | null; doorKey: number | null; at: number; by: MemberId; why: string },
): Promise<void> {
  const { personKey, doorKey, at, by, why } = row;
  await trx
    .insertInto('opt_out_clears')
    .values({ person_key: personKey, door_key: doorKey, at, by_member: by, why })
    .execute();
}

/**
 * Lets somebody be contacted again who had asked not to be: by an admin, with a reason, for ever in
 * the audit chain. Where the whole door had asked it is cleared for the door only when `ofDoor` says
 * so. A wish that comes later counts again. Problems: not-found, opt-out-of-door.
 */
export function clearOptOut(
  actor: StaffActor,
  wish: { readonly id: PersonId; readonly why: string; readonly ofDoor: boolean },
  now: number,
): Promise<Result<{ readonly facts: number }>> {
  const { db, member } = actor;
  const { id, why, ofDoor } = wish;
  return db.write(async (trx): Promise<Result<{ readonly facts: number }>> => {
    const who = await findToErase(trx, id);
    if (who === null) return fail(problem('not-found'));
    const door = await trx
      .selectFrom('door_opt_outs')
      .select('op_id')
      .where('door_key', '=', who.doorKey)
      .executeTakeFirst();
    if (door !== undefined && !ofDoor) return fail(problem('opt-out-of-door'));
    const own = await trx
      .selectFrom('opt_outs')
      .select('op_id')
      .where('person_key', '=', who.key)
      .executeTakeFirst();
    if (own === undefined && door === undefined) return fail(problem('not-found'));

    const facts = await clearFacts(trx, who, door !== undefined);
    const cleared = new Map<number, ToErase>([[who.key, who]]);
    if (door !== undefined) {
      await trx.deleteFrom('door_opt_outs').where('door_key', '=', who.doorKey).execute();
      const others = await trx
        .selectFrom('opt_outs')
        .innerJoin('people', 'people.key', 'opt_outs.person_key')
        .select('people.id')
        .where('opt_outs.op_id', '=', door.op_id)
        .execute();
      for (const other of others) {
        const found = await findToErase(trx, other.id);
        if (found !== null) cleared.set(found.key, found);
      }
      await note(trx, { personKey: null, doorKey: who.doorKey, at: now, by: member.id, why });
    }
    for (const one of cleared.values()) {
      await trx.deleteFrom('opt_outs').where('person_key', '=', one.key).execute();
      await dropMarks(trx, one);
    }
    await note(trx, { personKey: who.key, doorKey: null, at: now, by: member.id, why });
    await renewTurfs(trx, [who.doorKey]);
    const details = { why, door: door !== undefined, people: cleared.size };
    const kind = 'opt-out-cleared' as const;
    await appendAudit(trx, { at: now, kind, actor: byMember(actor), subject: id, details });
    return ok({ facts });
  });
}
