import { type Kysely, type Selectable, sql } from 'kysely';
import { foldFollowUps, type Promised } from '#shared/canvass/follow-ups.ts';
import type { MemberId, OpId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type {
  FollowUpMember,
  FollowUpPage,
  ListedFollowUp,
  SaveFollowUp,
} from '#shared/model/follow-up.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { MERGED_WISHES } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { factsOfType } from '../sync/facts-of-type.ts';
import type { StaffActor } from './actor.ts';

type State = Selectable<Tables['follow_up_states']>;
type Logged = Promised & { readonly seq: number };

/** What is open is listed whole; of what ended, this many. */
const MOST_ENDED = 200;
const MOST_OPEN = 5000;

async function readPromises(db: Kysely<Tables>): Promise<Logged[]> {
  const facts = await factsOfType(db, 'follow-up');
  const seqs = new Map<string, number>(facts.map(({ seq, operation }) => [operation.opId, seq]));
  const promised = foldFollowUps(facts.map(({ operation }) => operation));
  return promised.map((one) => ({ ...one, seq: seqs.get(one.opId) ?? 0 }));
}

interface Place {
  readonly seq: number;
  readonly address: string;
  readonly person: string | null;
  readonly asked: 0 | 1;
}

/** More values than this no statement takes. */
const AT_ONCE = 500;

async function readPlaces(
  db: Kysely<Tables>,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Place>> {
  const places = new Map<number, Place>();
  for (let at = 0; at < seqs.length; at += AT_ONCE) {
    const rows = await db
      .selectFrom('ops')
      .innerJoin('doors', 'doors.key', 'ops.door_key')
      .innerJoin('buildings', 'buildings.key', 'doors.building_key')
      .leftJoin('merged_people as same', 'same.person_key', 'ops.person_key')
      .leftJoin('people', (join) =>
        join.on('people.key', '=', sql<number>`coalesce(same.face_key, ops.person_key)`),
      )
      .leftJoin('voters', (join) =>
        join.onRef('voters.person_key', '=', 'people.key').on('voters.adult_on', 'is', null),
      )
      .leftJoin('residents', 'residents.person_key', 'people.key')
      .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
      .leftJoin('door_opt_outs', 'door_opt_outs.door_key', 'doors.key')
      .select([
        'ops.seq',
        sql<string>`trim(buildings.number || ' ' || buildings.street || ' ' || doors.unit)`.as(
          'address',
        ),
        sql<string | null>`trim(coalesce(voters.first_name, residents.first_name) || ' ' ||
          coalesce(voters.last_name, residents.last_name))`.as('person'),
        sql<0 | 1>`case when opt_outs.op_id is null and door_opt_outs.op_id is null
          and (people.key is null or people.key not in ${MERGED_WISHES}) then 0 else 1 end`.as(
          'asked',
        ),
      ])
      .where('ops.seq', 'in', seqs.slice(at, at + AT_ONCE))
      .execute();
    for (const row of rows) places.set(row.seq, row);
  }
  return places;
}

/** How a promise stands: what the desk has said wins over what was promised; kept on a phone is kept. */
export function standOf(
  { whoId, by, kept }: Promised,
  state: State | undefined,
): Pick<ListedFollowUp, 'whoId' | 'by' | 'end' | 'endedHere' | 'note' | 'version'> & {
  readonly endedBy: MemberId | null;
  readonly endedAt: number | null;
} {
  const ended = state?.ended ?? null;
  return {
    whoId: state === undefined ? whoId : state.who_id,
    by: state === undefined ? by : state.by_day,
    end: ended ?? (kept === null ? null : 'kept'),
    endedHere: ended !== null,
    endedBy: ended === null ? (kept?.actorId ?? null) : (state?.changed_by ?? null),
    endedAt: ended === null ? (kept?.at.ms ?? null) : (state?.changed_at ?? null),
    note: state?.note ?? '',
    version: state?.version ?? 0,
  };
}

/** Who can be asked to keep a promise, and whoever made or kept one. */
async function readMembers(
  db: Kysely<Tables>,
  named: ReadonlySet<MemberId>,
): Promise<FollowUpMember[]> {
  const rows = await db
    .selectFrom('members')
    .select(['id', 'name', 'left_at'])
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows
    .filter(({ id, left_at: left }) => left === null || named.has(id))
    .map(({ id, name, left_at: left }) => ({ id, name, here: left === null }));
}

/** Everything that was promised at doors: what is open, oldest first, then what ended last. */
export async function listFollowUps({ read }: Pick<ChapterDb, 'read'>): Promise<FollowUpPage> {
  const promises = await readPromises(read);
  const states = new Map<OpId, State>(
    (await read.selectFrom('follow_up_states').selectAll().execute()).map((row) => [
      row.op_id,
      row,
    ]),
  );
  const all = promises.map((promised) => ({
    promised,
    stand: standOf(promised, states.get(promised.opId)),
  }));
  const open = all.filter(({ stand }) => stand.end === null).slice(0, MOST_OPEN);
  const ended = all
    .filter(({ stand }) => stand.end !== null)
    .sort((a, b) => (b.stand.endedAt ?? 0) - (a.stand.endedAt ?? 0));
  const shown = [...open, ...ended.slice(0, MOST_ENDED)];
  const places = await readPlaces(
    read,
    shown.map(({ promised }) => promised.seq),
  );
  const turfs = new Map<string, string>(
    (await read.selectFrom('turfs').select(['id', 'name']).execute()).map(({ id, name }) => [
      id,
      name,
    ]),
  );
  const named = new Set<MemberId>();
  for (const { promised, stand } of shown) {
    for (const id of [promised.actorId, stand.whoId, stand.endedBy]) if (id !== null) named.add(id);
  }
  const members = await readMembers(read, named);
  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return {
    members,
    older: Math.max(0, ended.length - MOST_ENDED),
    promises: shown.map(({ promised, stand }): ListedFollowUp => {
      const { opId: id, text, at, actorId: madeBy, doorId, turfId } = promised;
      const place = places.get(promised.seq);
      return {
        id,
        text,
        madeBy,
        doorId,
        ...stand,
        at: at.ms,
        person: place?.person ?? null,
        address: place?.address ?? '',
        turf: turfs.get(turfId) ?? null,
        doNotContact: place?.asked === 1,
        endedBy: stand.endedBy === null ? null : (nameOf.get(stand.endedBy) ?? null),
      };
    }),
  };
}

/**
 * Says who keeps a promise by when, and how it ended. `seen` is the version that was on the screen.
 * Problems: not-found (also for a promise that was taken back), version-changed.
 */
export async function saveFollowUp(
  { db, member }: Pick<StaffActor, 'db' | 'member'>,
  id: OpId,
  wish: SaveFollowUp,
  seen: number,
  { clock }: Pick<Ports, 'clock'>,
): Promise<Result<FollowUpPage>> {
  const promised = (await readPromises(db.read)).find(({ opId }) => opId === id);
  if (promised === undefined) return fail(problem('not-found'));
  const saved = await db.write(async (trx): Promise<Result<null>> => {
    const state = await trx
      .selectFrom('follow_up_states')
      .selectAll()
      .where('op_id', '=', id)
      .executeTakeFirst();
    if ((state?.version ?? 0) !== seen) return fail(problem('version-changed'));
    // Whoever has it already may have left since.
    if (wish.whoId !== null && wish.whoId !== standOf(promised, state).whoId) {
      const who = await trx
        .selectFrom('members')
        .select('id')
        .where('id', '=', wish.whoId)
        .where('left_at', 'is', null)
        .executeTakeFirst();
      if (who === undefined) return fail(problem('not-found'));
    }
    await trx.deleteFrom('follow_up_states').where('op_id', '=', id).execute();
    const { whoId: who_id, by: by_day, end: ended } = wish;
    await trx
      .insertInto('follow_up_states')
      .values({
        op_id: id,
        who_id,
        by_day,
        ended,
        note: wish.note.trim(),
        changed_by: member.id,
        changed_at: clock(),
        version: seen + 1,
      })
      .execute();
    return ok(null);
  });
  return saved.ok ? ok(await listFollowUps(db)) : saved;
}

/** Takes out what the desk has written to promises whose words were taken out of the log. */
export async function emptyFollowUps(db: Kysely<Tables>, seqs: readonly number[]): Promise<void> {
  for (let at = 0; at < seqs.length; at += AT_ONCE) {
    const rows = await db
      .selectFrom('ops')
      .select('body')
      .where('seq', 'in', seqs.slice(at, at + AT_ONCE))
      .where('type', '=', 'follow-up')
      .execute();
    const ids = rows.map(({ body }) => (JSON.parse(body) as { readonly opId: OpId }).opId);
    if (ids.length === 0) continue;
    await db.updateTable('follow_up_states').set({ note: '' }).where('op_id', 'in', ids).execute();
  }
}
