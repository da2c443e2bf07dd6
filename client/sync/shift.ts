import { findTwins } from '#shared/canvass/found-doors.ts';
import { shiftTotals } from '#shared/canvass/shift-totals.ts';
import type { DeviceId, DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { ShiftSlip, ShiftTotals } from '#shared/model/shift.ts';
import { readShiftSlip } from '#shared/sync/check-answer.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import type { OutboxOp } from '../store/outbox-store.ts';
import { isWaiting } from '../store/settle-op.ts';
import type { CorePorts } from './ports.ts';
import { makeReader } from './reader.ts';

const TIMEOUT = 15_000;

/** The slip at the end of a shift: what the phone counts, and what the server counts of the same. */
export interface Shift {
  /** By this phone's clock, in ms. */
  readonly since: number;
  /** Out of what can be read on this phone; facts that were held are not among them. */
  readonly own: ShiftTotals;
  /** Facts of this shift that no server has yet. */
  readonly unsent: number;
  /** Facts of this shift that wait for a look. */
  readonly held: number;
  /** Null when the server could not be asked now. */
  readonly server: ShiftSlip | null;
}

interface Own {
  readonly facts: readonly Operation[];
  readonly ops: readonly OutboxOp[];
}

type Twins = ReadonlyMap<DoorId, DoorId>;

/**
 * Doors with several ids, as the chapter joins them: then both count the same. Not asked, as this
 * phone's own list and log have it; one from before that says nothing of it joined none.
 */
async function readTwins(
  { packets }: Pick<CorePorts, 'packets'>,
  own: readonly Operation[],
  slip: ShiftSlip | null,
): Promise<Twins> {
  if (slip !== null) return new Map(slip.twins?.map((twin) => [twin.id, twin.own]));
  const found = new Map<DoorId, Operation[]>();
  const log = (await packets.readRows()).flatMap(({ body, eff }) =>
    // Reading all of a log takes long on a slow phone.
    body.includes('"type":"door"') ? (readOperation(body, eff) ?? []) : [],
  );
  for (const fact of [...log, ...own]) {
    found.set(fact.entityId, [...(found.get(fact.entityId) ?? []), fact]);
  }
  return findTwins((await packets.readPacket())?.doors ?? [], found);
}

/** This device's own facts since then, from the outbox and from what the log has brought back. */
async function ownFacts(
  { outbox, packets }: Pick<CorePorts, 'outbox' | 'packets'>,
  deviceId: DeviceId,
  since: number,
): Promise<Own> {
  const own = (await outbox.listAll()).filter((op) => op.deviceId === deviceId);
  // What somebody let count since, under this id or another, stays held in both counts.
  const counted = new Set(own.filter((op) => op.state !== 'held').map((op) => op.opId));
  const facts = new Map<string, Operation>();
  for (const { opId, body, eff } of await packets.readRows()) {
    const operation = counted.has(opId) ? readOperation(body, eff) : null;
    if (operation !== null && operation.at.ms >= since) facts.set(opId, operation);
  }
  const ops: OutboxOp[] = [];
  for (const op of own) {
    const operation = readOperation(op.body);
    // What is unsent and cannot be read here any more was said under an earlier key of the phone.
    if (operation === null && op.state === 'unsent') ops.push(op);
    if (operation === null || operation.at.ms < since) continue;
    ops.push(op);
    if (counted.has(op.opId) && !facts.has(op.opId)) facts.set(op.opId, operation);
  }
  return { facts: [...facts.values()], ops };
}

/** Counts this phone's work since a moment of its own clock, and asks the server for its count. */
export async function readShift(ports: CorePorts, since: number): Promise<Shift | null> {
  const identity = await ports.outbox.readIdentity();
  if (identity === null) return null;
  const { facts, ops } = await ownFacts(ports, identity.deviceId, since);
  const asked = await makeReader(ports).ask(identity, {
    path: `/v1/shift?since=${Math.max(0, Math.floor(since))}`,
    timeoutMs: TIMEOUT,
    read: readShiftSlip,
  });
  const server = asked.ok ? asked.answer : null;
  return {
    since,
    own: shiftTotals(facts, await readTwins(ports, facts, server)),
    unsent: ops.filter((op) => op.state === 'unsent' || op.state === 'again').length,
    held: ops.filter(isWaiting).length,
    server,
  };
}
