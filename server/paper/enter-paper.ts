import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { mayKeepBy } from '#shared/canvass/promise-day.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import {
  type DeviceId,
  idFromDigest,
  type MemberId,
  parseUuid,
  type PersonId,
  type TurfId,
} from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { FoundDoor, Resident } from '#shared/model/fact.ts';
import type { EnterPaper, PaperFact } from '#shared/model/paper.ts';
import { unitKey } from '#shared/model/unit-name.ts';
import type { HeldReason, OpResult, SealedOp } from '#shared/sync/protocol.ts';
import { byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { addEntered, findDeviceKey } from '../chapter/add-phone.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { askLog } from '../sync/ask-log.ts';
import { decideOperation, type PushingDevice } from '../sync/decide-operation.ts';
import { LogView } from '../sync/log-view.ts';
import type { CommitNotices } from '../sync/notify.ts';
import { judgeAgain } from '../sync/judge-again.ts';
import { type ReadOp, readSealed } from '../sync/read-sealed.ts';
import { foundBy, takeFoundDoors } from '../sync/take-found-doors.ts';

/** A clock that runs a little ahead is no mistake; a date of next week is. */
const MOST_AHEAD_MS = 5 * 60_000;
/** A paper that is typed in so much later has a mistyped year. */
const MOST_BACK_MS = 2 * 366 * 24 * 3_600_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What stands for the paper that one member types in for one walker: always the same. */
const paperDevice = (walker: MemberId, typist: MemberId): DeviceId =>
  idFromDigest<DeviceId>(digest(`paper ${walker} ${typist}`));

/** Whose facts a line of paper is. */
type PaperAuthor = Omit<PushingDevice, 'deviceKey'>;

export interface EnterMeans extends Pick<Ports, 'clock' | 'random'> {
  readonly notices: CommitNotices;
}

/** The walker and the paper's own device, made where they are not there yet. */
async function makeDevice(
  { db, member }: StaffActor,
  walker: EnterPaper['walker'],
  shared: PaperAuthor,
  means: EnterMeans,
): Promise<PushingDevice> {
  const { deviceId } = shared;
  const deviceKey = await db.write(async (trx) => {
    const again = await findDeviceKey(trx, deviceId);
    if (again !== null) return again;
    const name = walker.name.trim();
    await trx
      .insertInto('members')
      .values({ id: walker.id, name, role: 'canvasser', created_at: means.clock(), left_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    return addEntered(trx, shared, member.id, means);
  });
  return { ...shared, deviceKey };
}

/** The operation that a phone would have made; the same bytes for the same fact, whenever it comes. */
function seal(fact: PaperFact, turfId: TurfId, epoch: string, device: PaperAuthor): SealedOp {
  const { payload, ...said } = fact;
  const body = canonicalJson({
    ...said,
    chapterId: device.chapterId,
    actorId: device.memberId,
    deviceId: device.deviceId,
    dbEpoch: epoch,
    v: 1,
    entityId: payload.doorId,
    scopeId: turfId,
    clockOffsetMs: null,
    payload,
  });
  return { opId: fact.opId, sha256: digest(body).toString('hex'), body };
}

/** What is wrong with a line before it comes to the log; null: nothing. */
async function findFault(
  db: ChapterDb,
  turfId: TurfId,
  { facts, walker }: EnterPaper,
  now: number,
): Promise<Problem | null> {
  const refuse = (reason: string): Problem => problem('paper-refused', { reason });
  if (walker.name.trim() === '') return refuse('nobody is named who walked');
  if (facts.some(({ at }) => at.ms > now + MOST_AHEAD_MS)) {
    return refuse('its date is still to come');
  }
  if (facts.some(({ at }) => at.ms < now - MOST_BACK_MS)) {
    return refuse('its date is more than two years ago');
  }
  if (!facts.every(isKeptInTime)) {
    return refuse('a promise is to be kept by a day before the walk, or years after it');
  }
  const turf = await db.read
    .selectFrom('turfs')
    .select('state')
    .where('id', '=', turfId)
    .executeTakeFirst();
  if (turf === undefined) return problem('not-found');
  if (turf.state !== 'published') return problem('turf-draft');
  const found = facts.flatMap(({ payload }) => ('buildingId' in payload ? [payload] : []));
  const [dwelling] = found;
  if (dwelling !== undefined) {
    if (facts.length > 1) return refuse('a door that was found is a line of its own');
    const why = await findDoorFault(db, turfId, dwelling);
    return why === null ? null : refuse(why);
  }
  const tagged = facts.flatMap(({ payload }) => ('tag' in payload ? [payload.tag] : []));
  if (!(await areThere(db, 'tags', tagged))) return refuse('it names a tag that is not there');
  const keepers = facts.flatMap(({ payload }) =>
    'whoId' in payload && payload.whoId !== null && payload.whoId !== walker.id
      ? [payload.whoId]
      : [],
  );
  if (!(await areThere(db, 'members', keepers))) {
    return refuse('somebody is to keep a promise whom the chapter does not know');
  }
  const doorIds = [...new Set(facts.map(({ payload }) => payload.doorId))];
  const doors = await db.read
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select('doors.id')
    .where('turf_doors.turf_id', '=', turfId)
    .where('doors.id', 'in', doorIds)
    .execute();
  if (doors.length < doorIds.length) return refuse('its door is not of this turf');
  const met = facts.flatMap(({ payload }) => ('firstName' in payload ? [payload] : []));
  if (!(await areNew(db, met))) return refuse('somebody else is known under the same number');
  const own = new Set(met.map(({ personId }) => personId));
  const named = facts.flatMap(({ payload }) =>
    'personId' in payload && payload.personId !== null && !own.has(payload.personId)
      ? [payload.personId]
      : [],
  );
  return (await areKnown(db, named)) ? null : refuse('it names somebody who is not on the list');
}

/** A promise of this line is to be kept by a day that can be meant. */
function isKeptInTime({ at, payload }: PaperFact): boolean {
  if (!('by' in payload) || typeof payload.by !== 'string') return true;
  const made = new Date(at.ms + at.offset * 60_000).toISOString().slice(0, 10);
  return mayKeepBy(payload.by, made);
}

/** Whether each of these ids is one of that table. */
async function areThere(
  { read }: ChapterDb,
  table: 'tags' | 'members',
  ids: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return true;
  const { count } = await read
    .selectFrom(table)
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where(sql<string>`id`, 'in', wanted)
    .executeTakeFirstOrThrow();
  return Number(count) === wanted.length;
}

/** Why a dwelling cannot be one that was found on this turf; null: it can. */
async function findDoorFault(
  { read }: ChapterDb,
  turfId: TurfId,
  { doorId, buildingId, unit }: FoundDoor,
): Promise<string | null> {
  const rows = await read
    .selectFrom('doors')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .leftJoin('turf_doors', (join) =>
      join.onRef('turf_doors.door_key', '=', 'doors.key').on('turf_doors.removed_seq', 'is', null),
    )
    .leftJoin('turfs', 'turfs.id', 'turf_doors.turf_id')
    .select(['doors.id', 'doors.unit', 'buildings.id as buildingId', 'turfs.id as turfId'])
    .select(['turfs.state', 'turfs.closed_at as closedAt'])
    .where((at) => at.or([at('buildings.id', '=', buildingId), at('doors.id', '=', doorId)]))
    .execute();
  if (!rows.some((row) => row.turfId === turfId && row.buildingId === buildingId)) {
    return 'its building is not of this turf';
  }
  if (rows.some((row) => row.id === doorId && row.buildingId !== buildingId)) {
    return 'another building has its door';
  }
  const same = rows.filter((row) => row.id === doorId || unitKey(row.unit) === unitKey(unit));
  if (same.some((row) => row.turfId === turfId)) return null;
  const isOut = same.some(({ state, closedAt }) => state === 'published' && closedAt === null);
  return isOut ? 'another turf has that door on its list' : null;
}

/** Whether people who are in no roll are known to nobody, or as new at this very door. */
async function areNew({ read }: ChapterDb, met: readonly Resident[]): Promise<boolean> {
  if (met.length === 0) return true;
  const doorOf = new Map(met.map(({ personId, doorId }) => [personId, doorId]));
  const rows = await read
    .selectFrom('people')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .select(['people.id', 'people.kind', 'doors.id as doorId'])
    .where('people.id', 'in', [...doorOf.keys()])
    .execute();
  return rows.every(({ id, kind, doorId }) => kind === 'resident' && doorOf.get(id) === doorId);
}

async function areKnown({ read }: ChapterDb, personIds: readonly PersonId[]): Promise<boolean> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return true;
  const rows = await read.selectFrom('people').select('id').where('id', 'in', ids).execute();
  return rows.length === ids.length;
}

/** Why facts of a walker of whom the log has none yet cannot be applied; null: nothing is known of it. */
async function findClash(db: ChapterDb, ops: readonly ReadOp[]): Promise<HeldReason | null> {
  if (ops.some(({ operation }) => typeof operation === 'string')) return 'corrupt';
  const ids = [...new Set(ops.map(({ sealed }) => sealed.opId))];
  if (ids.length < ops.length) return 'id-reuse';
  const other = await db.read
    .selectFrom('ops')
    .select('op_id')
    .where('op_id', 'in', ids.map(parseUuid))
    .executeTakeFirst();
  return other === undefined ? null : 'id-reuse';
}

/**
 * Takes in one line of paper as facts of whoever walked, typed in by this member: judged by the same
 * code as a phone's facts, vouched for by the coordinator, written to the same log, and told to
 * whoever looks on. The same line again changes nothing and gets the same answer. All of it or
 * nothing: what cannot be applied stays with whoever types, who sees why. Problems: not-found,
 * turf-draft, paper-refused.
 */
export async function enterPaper(
  actor: StaffActor,
  turfId: TurfId,
  line: EnterPaper,
  means: EnterMeans,
): Promise<Result<{ readonly results: readonly OpResult[] }>> {
  const { db, member } = actor;
  const now = means.clock();
  const fault = await findFault(db, turfId, line, now);
  if (fault !== null) return fail(fault);
  const { walker } = line;
  const deviceId = paperDevice(walker.id, member.id);
  const author: PaperAuthor = { deviceId, memberId: walker.id, chapterId: db.id };
  const ops = line.facts.map((fact) => readSealed(seal(fact, turfId, line.epoch, author)));
  const known = await db.read
    .selectFrom('devices')
    .select('key')
    .where('id', '=', deviceId)
    .executeTakeFirst();
  // Nobody becomes a member by a line that is refused.
  const early = known === undefined ? await findClash(db, ops) : null;
  if (early !== null) return fail(problem('paper-refused', { reason: SAID[early] ?? early }));
  const device =
    known === undefined
      ? await makeDevice(actor, walker, author, means)
      : { ...author, deviceKey: known.key };
  const done = await db.inLog(async (log) => {
    const found = ops.flatMap((op) => foundBy(op)?.entityId ?? []);
    if (found.length > 0) await takeFoundDoors(log, [{ device, ops }], now, true);
    const loaded = await log.load(askLog([{ deviceKey: device.deviceKey, ops }]));
    const view = new LogView(loaded, log.seq, now);
    const isNew = view.have(device.deviceKey, line.epoch).length === 0;
    const decided = ops.map((op) => decideOperation(view, device, op, 'vouched', null));
    for (const { result } of decided) {
      if (result.status !== 'held') continue;
      return fail(problem('paper-refused', { reason: SAID[result.reason] ?? result.reason }));
    }
    if (isNew) {
      view.note({
        at: now,
        kind: 'paper-entered',
        actor: byMember({ member }),
        subject: turfId,
        details: { walker: line.walker.id, phone: device.deviceId },
      });
    }
    const writes = view.writes();
    await log.save(writes);
    if (found.length > 0) await judgeAgain(log, found, { chapterId: db.id, seq: writes.seq, now });
    return ok(decided);
  });
  if (!done.ok) return done;
  const doorKeys = done.value.flatMap(({ doorKey }) => doorKey ?? []);
  if (doorKeys.length > 0) means.notices.tell({ chapterId: db.id, doorKeys });
  return ok({ results: done.value.map(({ result }) => result) });
}

const SAID: Readonly<Record<string, string>> = {
  corrupt: 'it cannot be read',
  'id-reuse': 'another line was saved under its number',
  'unknown-door': 'its door is not known any more',
};
