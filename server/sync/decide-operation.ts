import { asksNoContact } from '#shared/canvass/door-state.ts';
import type { ChapterId, DeviceId, MemberId, PersonId } from '#shared/kernel/ids.ts';
import { clampStamp, stampMs } from '#shared/merge/stamps.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { HeldReason, OpResult } from '#shared/sync/protocol.ts';
import type { AppliedOp } from '../store/log.ts';
import { keepEmpty } from './keep-empty.ts';
import { keepConsents } from './keep-consents.ts';
import { keepResidents, mayBeResident, meetResident } from './keep-residents.ts';
import type { LogView } from './log-view.ts';
import type { ReadOp } from './read-sealed.ts';

/** The phone whose facts these are, as its credential says. */
export interface PushingDevice {
  readonly deviceKey: number;
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  readonly chapterId: ChapterId;
}

/** What became of one operation, and the door that it changed, if any. */
export interface Decided {
  readonly result: OpResult;
  readonly doorKey: number | null;
}

/** A fact recorded so long after the turf was taken back still counts, marked as late (P8). */
export const LATE_MS = 72 * 3_600_000;

type Reach = 'in' | 'late' | 'out';

/**
 * How to judge an operation: by the rules; as vouched for by a coordinator or by a newer version, so
 * that neither scope nor author is asked and its being held is no answer; or held for a reason that
 * is known already.
 */
export type Manner = 'by-rule' | 'vouched' | HeldReason;

function reachOf(
  view: LogView,
  device: PushingDevice,
  doorKey: number | undefined,
  ms: number,
): Reach {
  const known = view.known.devices.get(device.deviceKey);
  // In a stranger's hands nothing that the phone says now can be told from the stranger's.
  if (known?.lostInHand === true) return 'out';
  if (doorKey === undefined) return 'out';
  const until = view.known.visits.get(device.deviceKey)?.get(doorKey);
  if (until === undefined || ms > until + LATE_MS) return 'out';
  return ms <= until ? 'in' : 'late';
}

function judge(
  view: LogView,
  device: PushingDevice,
  operation: Operation,
  doorKey: number | undefined,
  reach: Reach,
  vouched: boolean,
): HeldReason | null {
  const own =
    operation.actorId === device.memberId &&
    operation.deviceId === device.deviceId &&
    operation.chapterId === device.chapterId;
  if (operation.chapterId !== device.chapterId || (!own && !vouched)) return 'wrong-author';
  if (doorKey === undefined) return 'unknown-door';
  // A wish not to be contacted counts wherever the door is; who asked for it matters more.
  if (reach === 'out' && !vouched && !asksNoContact(operation)) return 'scope';
  if (operation.type !== 'resident' || view.known.erased.has(operation.payload.personId))
    return null;
  return mayBeResident(view, operation.payload.personId, doorKey) ? null : 'id-reuse';
}

function applyEffects(
  view: LogView,
  operation: Operation,
  doorKey: number,
  person: PersonId | null,
): void {
  const doorId = operation.entityId;
  if (operation.type === 'resident') {
    meetResident(view, operation.payload.personId, doorId, doorKey);
  }
  if (operation.type === 'resident' || operation.type === 'withdraw') {
    keepResidents(view, doorId, doorKey);
  }
  if (['resident', 'withdraw', 'consent'].includes(operation.type)) {
    keepConsents(view, doorId, doorKey);
  }
  if (operation.type !== 'knock' || !asksNoContact(operation)) return;
  // One who is named and not known yet must not become everybody behind the door.
  if (operation.payload.personId === null) view.optOutDoor(doorKey, operation.opId);
  else if (person !== null) view.optOut(person, operation.opId);
}

function apply(
  view: LogView,
  device: PushingDevice,
  read: ReadOp,
  sent: Operation,
  doorKey: number,
  effHlc: string | null,
  late: boolean,
): AppliedOp {
  const empty = keepEmpty(view, read);
  const operation = empty?.operation ?? sent;
  const named = 'personId' in operation.payload ? operation.payload.personId : null;
  const known = named === null ? null : view.findPerson(named);
  // A resident is somebody at their own door alone; elsewhere the name would count or not as the
  // facts happen to arrive.
  const fits = known !== null && (known.kind === 'voter' || known.doorKey === doorKey);
  const person = fits ? named : null;
  const replaced = operation.type === 'withdraw' ? operation.payload.opId : operation.supersedes;
  const applied = view.append(operation, read.heldAs, {
    seq: view.nextSeq(),
    opId: operation.opId,
    type: operation.type,
    doorKey,
    personId: person,
    deviceKey: device.deviceKey,
    dbEpoch: operation.dbEpoch,
    localSeq: operation.localSeq,
    supersedes: replaced,
    at: Math.trunc(operation.at.ms),
    sha256: empty?.sha256 ?? read.heldAs,
    body: empty?.body ?? read.sealed.body,
    effHlc,
    late,
    ...(empty !== null && { wasSha256: read.heldAs }),
  });
  // Nobody is there any more on whom it could have one.
  if (empty === null) applyEffects(view, operation, doorKey, person);
  return applied;
}

function toResult(opId: string, applied: AppliedOp, repeat: boolean): OpResult {
  const { seq, late, clamped } = applied;
  return {
    opId,
    status: 'applied',
    seq,
    repeat,
    ...(late ? { late: true as const } : {}),
    ...(clamped ? { clamped: true as const } : {}),
  };
}

/** As phones are told: those of before would take no answer with a reason that came later. */
const toldAs = (reason: HeldReason): HeldReason => (reason === 'other-words' ? 'corrupt' : reason);

/**
 * Applies one operation or holds it whole; never refuses and never drops. The same bytes always
 * get the same result, whatever has changed since: it is read from where they were stored.
 */
export function decideOperation(
  view: LogView,
  device: PushingDevice,
  read: ReadOp,
  manner: Manner,
  carriedBy: number | null,
): Decided {
  const { sealed, heldAs, heldId, operation, place } = read;
  const { opId, body } = sealed;
  const { deviceKey } = device;
  if (place !== null) view.receive(deviceKey, place.dbEpoch, place.localSeq, 0);
  const vouched = manner === 'vouched';
  const before = vouched ? null : view.findHeld(heldId, heldAs);
  if (before !== null) {
    const { decision } = before;
    const reason = toldAs(before.reason);
    const decided = decision === null ? {} : { decided: decision };
    return { result: { opId, status: 'held', reason, repeat: true, ...decided }, doorKey: null };
  }
  const hold = (reason: HeldReason): Decided => {
    const empty = keepEmpty(view, read);
    const kept = empty === null ? { body } : { body: empty.body, emptied: true as const };
    view.hold({ opId: heldId, deviceKey, reason, sha256: heldAs, carriedBy, ...kept });
    const told = toldAs(reason);
    return { result: { opId, status: 'held', reason: told, repeat: false }, doorKey: null };
  };
  if (manner !== 'by-rule' && !vouched) return hold(manner);
  if (typeof operation === 'string') return hold(operation);

  const taken = view.findApplied(operation.opId);
  if (taken !== null) {
    // Applied while it still could be: the first answer stands. Other bytes are another matter.
    if (taken.sha256 !== heldAs) return hold('id-reuse');
    return { result: toResult(opId, taken, true), doorKey: null };
  }
  const clamped = clampStamp(operation.hlc, view.now, view.nextClamped());
  const doorKey = view.known.doorKeys.get(operation.entityId);
  const reach = reachOf(view, device, doorKey, stampMs(clamped ?? operation.hlc));
  const reason = judge(view, device, operation, doorKey, reach, vouched);
  if (reason !== null || doorKey === undefined) return hold(reason ?? 'unknown-door');
  const applied = apply(view, device, read, operation, doorKey, clamped, reach === 'late');
  return { result: toResult(opId, applied, false), doorKey };
}
