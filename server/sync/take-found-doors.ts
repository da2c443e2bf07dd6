import { clampStamp, stampMs } from '#shared/merge/stamps.ts';
import type { Envelope } from '#shared/model/operation.ts';
import { showUnit, unitKey } from '#shared/model/unit-name.ts';
import {
  addDoor,
  findBuildingKey,
  findDoor,
  heldUntil,
  holdDoor,
  renewTurf,
  takeAsTwin,
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

/**
 * What whoever found a door under another id said there follows to it, also where another turf walks
 * it: theirs has held it until now, and holds it no longer.
 */
async function leaveToOthers(
  log: Log,
  doorKey: number,
  turfs: readonly TurfAt[],
  now: number,
): Promise<void> {
  const left = { removedAt: now, removedSeq: log.seq };
  for (const at of turfs) {
    const ended = at.removedSeq === null ? { ...at, ...left } : at;
    const isNew = await holdDoor(log.ask, doorKey, ended, log.seq);
    if (isNew && at.removedSeq === null) await renewTurf(log.ask, at.turfId);
  }
}

async function takeOne(
  log: Log,
  found: Found,
  buildingKey: number,
  now: number,
): Promise<'taken' | 'elsewhere'> {
  const { doorId, unit } = found.payload;
  const row = { doorId, buildingKey, unit: showUnit(unit) || unit, unitKey: unitKey(unit) };
  const known = (await findDoor(log.ask, doorId)) ?? (await takeAsTwin(log.ask, row));
  if (known !== null && known.buildingKey !== buildingKey) return 'elsewhere';
  const doorKey = known?.key ?? (await addDoor(log.ask, row));
  const turfs = turfsOf(await turfsAt(log.ask, buildingKey), found);
  if (known !== null && (await isOthers(log, doorKey, turfs))) {
    if (known.twin) await leaveToOthers(log, doorKey, turfs, now);
    return 'taken';
  }
  for (const at of turfs) {
    const isNew = await holdDoor(log.ask, doorKey, at, log.seq);
    if (isNew && known !== null && at.removedSeq === null) await renewTurf(log.ask, at.turfId);
  }
  return 'taken';
}

/**
 * Enters the doors that these facts found, before any of them is judged: so a knock at one is never
 * ahead of its door, however they arrive. Only whoever may write down something at the building may
 * find a door in it; `vouched`: a coordinator says so. A dwelling that is a door already, however its
 * unit was written, stays that one door: the id is another name of it (`found_twins`), and the turf
 * holds it from now on. Where the roll has it and another turf walks it, it stays there: what was said
 * by such a name follows to it, and what was said by its own is looked at by a person. Gives the facts
 * that name a door of another building.
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
      if ((await takeOne(log, found, buildingKey, now)) === 'elsewhere') stray.add(op);
    }
  }
  return stray;
}
