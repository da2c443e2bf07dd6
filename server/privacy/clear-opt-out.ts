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
import { readGroup } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from '../sync/read-logged.ts';
import { OP_TO_EMPTY, renewTurfs, rewriteOp } from './empty-ops.ts';
import { findAllToErase, findToErase, type ToErase } from './erase-person.ts';

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
    const asked = await findToErase(trx, id);
    if (asked === null) return fail(problem('not-found'));
    // Whoever was found to be several records asked under one of them, and is cleared under all.
    const { keys } = await readGroup(trx, asked.key);
    const found = await findAllToErase(trx, keys);
    const doors = await trx
      .selectFrom('door_opt_outs')
      .select(['door_key', 'op_id'])
      .where(
        'door_key',
        'in',
        found.map(({ doorKey }) => doorKey),
      )
      .execute();
    if (doors.length > 0 && !ofDoor) return fail(problem('opt-out-of-door'));
    const own = await trx
      .selectFrom('opt_outs')
      .select('op_id')
      .where('person_key', 'in', keys)
      .executeTakeFirst();
    if (own === undefined && doors.length === 0) return fail(problem('not-found'));

    let facts = 0;
    for (const who of found) {
      const atDoor = doors.some((door) => door.door_key === who.doorKey);
      facts += await clearFacts(trx, who, atDoor);
    }
    const cleared = new Map(found.map((who) => [who.key, who]));
    for (const door of doors) {
      await trx.deleteFrom('door_opt_outs').where('door_key', '=', door.door_key).execute();
      const others = await trx
        .selectFrom('opt_outs')
        .select('person_key')
        .where('op_id', '=', door.op_id)
        .execute();
      const behind = others.map((other) => other.person_key);
      for (const who of await findAllToErase(trx, behind)) cleared.set(who.key, who);
      await note(trx, { personKey: null, doorKey: door.door_key, at: now, by: member.id, why });
    }
    for (const one of cleared.values()) {
      await trx.deleteFrom('opt_outs').where('person_key', '=', one.key).execute();
      await dropMarks(trx, one);
    }
    await note(trx, { personKey: asked.key, doorKey: null, at: now, by: member.id, why });
    await renewTurfs(
      trx,
      found.map(({ doorKey }) => doorKey),
    );
    const details = { why, door: doors.length > 0, people: cleared.size };
    const kind = 'opt-out-cleared' as const;
    await appendAudit(trx, { at: now, kind, actor: byMember(actor), subject: id, details });
    return ok({ facts });
  });
}
