import { clampStamp, stampMs } from '#shared/merge/stamps.ts';
import type { Envelope } from '#shared/model/operation.ts';
import { normaliseUnit } from '#shared/roll/normalise-address.ts';
import {
  addDoor,
  findBuildingKey,
  findDoor,
  heldUntil,
  holdDoor,
  renewTurf,
  type TurfAt,
  turfsAt,
  walkedBy,
} from '../store/found-doors.ts';
import type { LogTransaction } from '../store/log.ts';
import { LATE_MS, type PushingDevice } from './decide-operation.ts';
import type { ReadOp } from './read-sealed.ts';

type Log = Pick<LogTransaction, 'ask' | 'seq'>;
type Found = Envelope<'door'>;

/** Facts of one phone among those that are judged together. */
export interface FromPhone {
  readonly device: PushingDevice;
  readonly ops: readonly ReadOp[];
}

/** The dwellings that an operation says were found. */
export function foundBy({ operation }: ReadOp): Found | null {
  return typeof operation !== 'string' && operation.type === 'door' ? operation : null;
}

async function mayFind(
  log: Log,
  device: PushingDevice,
  found: Found,
  buildingKey: number,
  now: number,
): Promise<boolean> {
  const own = found.actorId === device.memberId && found.deviceId === device.deviceId;
  if (!own || found.chapterId !== device.chapterId) return false;
  const until = await heldUntil(log.ask, buildingKey, device.deviceKey);
  const ms = stampMs(clampStamp(found.hlc, now, 0) ?? found.hlc);
  return until !== null && ms <= until + LATE_MS;
}

/**
 * The turfs that a door found in this one belongs to: this one, as it holds or held the building, and
 * where the building has gone to another open turf of its universe since, that one too.
 */
function turfsOf(at: readonly TurfAt[], found: Found): readonly TurfAt[] {
  const own = at.find(({ turfId }) => turfId === found.scopeId);
  if (own === undefined) return [];
  if (own.removedSeq === null) return [own];
  const heir = at.find(
    ({ universeId, closed, removedSeq }) =>
      universeId === own.universeId && !closed && removedSeq === null,
  );
  return heir === undefined ? [own] : [own, heir];
}

/** Whether somebody else is out to knock there: no door of the roll is in two turfs at once. */
async function isOthers(log: Log, doorKey: number, turfs: readonly TurfAt[]): Promise<boolean> {
  const [own] = turfs;
  if (own === undefined) return false;
  const walked = await walkedBy(log.ask, doorKey, own.universeId);
  return walked.some((id) => turfs.every(({ turfId }) => turfId !== id));
}

async function takeOne(
  log: Log,
  found: Found,
  buildingKey: number,
): Promise<'taken' | 'elsewhere'> {
  const { doorId, unit } = found.payload;
  const known = await findDoor(log.ask, doorId);
  if (known !== null && known.buildingKey !== buildingKey) return 'elsewhere';
  const row = { doorId, buildingKey, unit, unitKey: normaliseUnit(unit) };
  const doorKey = known?.key ?? (await addDoor(log.ask, row));
  const turfs = turfsOf(await turfsAt(log.ask, buildingKey), found);
  if (known !== null && (await isOthers(log, doorKey, turfs))) return 'taken';
  for (const at of turfs) {
    const isNew = await holdDoor(log.ask, doorKey, at, log.seq);
    if (isNew && known !== null) await renewTurf(log.ask, at.turfId);
  }
  return 'taken';
}

/**
 * Enters the doors that these facts found, before any of them is judged: so a knock at one is never
 * ahead of its door, however they arrive. Only whoever may write down something at the building may
 * find a door in it; `vouched`: a coordinator says so. A door that is there already is held by the
 * turf from now on, unless the roll has it and another turf walks it: what was said there is then
 * looked at by a person. Gives the facts that name a door of another building.
 */
export async function takeFoundDoors(
  log: Log,
  groups: readonly FromPhone[],
  now: number,
  vouched = false,
): Promise<ReadonlySet<ReadOp>> {
  const stray = new Set<ReadOp>();
  for (const { device, ops } of groups) {
    for (const op of ops) {
      const found = foundBy(op);
      if (found === null) continue;
      const buildingKey = await findBuildingKey(log.ask, found.payload.buildingId);
      if (buildingKey === null) continue;
      if (!vouched && !(await mayFind(log, device, found, buildingKey, now))) continue;
      if ((await takeOne(log, found, buildingKey)) === 'elsewhere') stray.add(op);
    }
  }
  return stray;
}
