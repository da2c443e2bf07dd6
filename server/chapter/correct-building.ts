import { createHash } from 'node:crypto';
import { rememberBuildings } from '#shared/canvass/building-memory.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import {
  type BuildingId,
  type DeviceId,
  type DoorId,
  idFromDigest,
  parseUuid,
  type TurfId,
} from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { nextStamp, type Stamp, witnessStamp } from '#shared/merge/stamps.ts';
import type { CorrectBuilding } from '#shared/model/desk-buildings.ts';
import type { BuildingNote } from '#shared/model/fact.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Ports } from '../ports.ts';
import type { LogTransaction } from '../store/log.ts';
import { askLog } from '../sync/ask-log.ts';
import { decideOperation } from '../sync/decide-operation.ts';
import { LogView } from '../sync/log-view.ts';
import type { CommitNotices } from '../sync/notify.ts';
import { readLogged } from '../sync/read-logged.ts';
import { readSealed } from '../sync/read-sealed.ts';
import type { StaffActor } from './actor.ts';
import { addEntered, findDeviceKey } from './add-phone.ts';
import { deskDevice } from './desk-device.ts';

type Ask = LogTransaction['ask'];

interface Where {
  readonly doorId: DoorId;
  readonly buildingKey: number;
  readonly turfId: TurfId | null;
}

/** A door of the building at which it is said: one that somebody walks now, if there is one. */
async function findDoor(ask: Ask, buildingId: BuildingId): Promise<Where | null> {
  const [row] = await ask<Where>(
    `select d.id as "doorId", b.key as "buildingKey", u.id as "turfId"
    from buildings b join doors d on d.building_key = b.key
      left join turf_doors t on t.door_key = d.key and t.removed_seq is null
      left join turfs u on u.id = t.turf_id and u.closed_at is null and u.state = 'published'
    where b.id = $1 order by case when u.id is null then 1 else 0 end, d.key, u.id limit 1`,
    [buildingId],
  );
  return row ?? null;
}

/** All that was said of a building, and taken back, at any of its doors. */
async function readSaid(ask: Ask, buildingKey: number): Promise<Operation[]> {
  const rows = await ask<{ body: string; eff_hlc: string | null }>(
    `select o.body, o.eff_hlc from ops o join doors d on d.key = o.door_key
    where d.building_key = $1 and o.type in ('building', 'withdraw')`,
    [buildingKey],
  );
  return rows.map(readLogged);
}

/** A correction comes after all that was said before. */
function stampAfter(said: readonly Operation[], now: number): Stamp {
  const [last = null] = said.map(({ hlc }) => hlc).sort((a, b) => (a < b ? 1 : -1));
  return nextStamp(witnessStamp(null, last, now), now);
}

/** Phones that are out with other doors of the building fetch their turf again, and this with it. */
async function renewOthers(ask: Ask, { buildingKey, doorId }: Where, now: number): Promise<void> {
  await ask(
    `update turfs set version = version + 1 where id in (
      select a.turf_id from assignments a where a.ended_at is null and a.until_at > $3)
    and id in (select t.turf_id from turf_doors t join doors d on d.key = t.door_key
      where d.building_key = $1 and t.removed_seq is null)
    and id not in (select t.turf_id from turf_doors t join doors d on d.key = t.door_key
      where d.id = $2 and t.removed_seq is null)`,
    [buildingKey, doorId, now],
  );
}

/** What stands for the desk of this member, entered when they first write something down there. */
async function ownDesk({ db, member }: StaffActor, deviceId: DeviceId, ports: CorrectMeans) {
  return db.write(
    async (trx) =>
      (await findDeviceKey(trx, deviceId)) ??
      (await addEntered(trx, { deviceId, memberId: member.id }, member.id, ports)),
  );
}

export interface CorrectMeans extends Pick<Ports, 'clock' | 'random'> {
  readonly notices: CommitNotices;
}

/**
 * Puts right at the desk what is remembered of a building: a fact like any other, after all that was
 * said before, which keeps its history and comes to phones with their next pull, or with their turf.
 * Where the entrance is on the map stays as it was said. The same id again changes nothing. Problem:
 * not-found.
 */
export async function correctBuilding(
  actor: StaffActor,
  buildingId: BuildingId,
  { opId, about, text }: CorrectBuilding,
  means: CorrectMeans,
): Promise<Result<null>> {
  const { db, member } = actor;
  const there = await db.read
    .selectFrom('buildings')
    .select('key')
    .where('id', '=', buildingId)
    .executeTakeFirst();
  if (there === undefined) return fail(problem('not-found'));
  const deviceId = deskDevice(member.id);
  const deviceKey = await ownDesk(actor, deviceId, means);
  const now = means.clock();
  const done = await db.inLog(async (log): Promise<Result<number | null>> => {
    const again = await log.ask('select 1 as one from ops where op_id = $1', [parseUuid(opId)]);
    if (again.length > 0) return ok(null);
    const where = await findDoor(log.ask, buildingId);
    if (where === null) return fail(problem('not-found'));
    const { doorId, turfId, buildingKey } = where;
    const [numbered] = await log.ask<{ last: number | null }>(
      'select max(local_seq) as last from ops where device_key = $1',
      [deviceKey],
    );
    const said = await readSaid(log.ask, buildingKey);
    const known = rememberBuildings(said).get(buildingId) ?? [];
    const place = text === null ? null : known.find((one) => one.about === about)?.place;
    const words = text?.trim() ?? null;
    const payload: BuildingNote = { doorId, buildingId, about, text: words, ...place };
    const body = canonicalJson({
      opId,
      chapterId: db.id,
      actorId: member.id,
      deviceId,
      dbEpoch: deviceId,
      localSeq: (numbered?.last ?? 0) + 1,
      type: 'building',
      v: 1,
      entityId: doorId,
      scopeId: turfId ?? idFromDigest<TurfId>(createHash('sha256').update('desk').digest()),
      scriptVersionId: null,
      hlc: stampAfter(said, now),
      at: { ms: now, offset: 0 },
      clockOffsetMs: 0,
      supersedes: null,
      payload,
    });
    const op = readSealed({ opId, sha256: createHash('sha256').update(body).digest('hex'), body });
    const loaded = await log.load(askLog([{ deviceKey, ops: [op] }]));
    const view = new LogView(loaded, log.seq, now);
    const device = { deviceKey, deviceId, memberId: member.id, chapterId: db.id };
    const { result, doorKey } = decideOperation(view, device, op, 'vouched', null);
    if (result.status === 'held') throw new Error(`A correction is ${result.reason}.`);
    await log.save(view.writes());
    await renewOthers(log.ask, where, now);
    return ok(doorKey);
  });
  if (!done.ok) return done;
  if (done.value !== null) means.notices.tell({ chapterId: db.id, doorKeys: [done.value] });
  return ok(null);
}
