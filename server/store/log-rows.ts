import { formatUuid, type DoorId, type OpId, type PersonId } from '#shared/kernel/ids.ts';
import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import {
  heldName,
  type DoorFact,
  type HeldWhole,
  type KnownDevice,
  type KnownPerson,
  type LogAsk,
  type LogKnown,
  type VisitEnd,
} from './log.ts';

/** Rows as both engines give them, under the same names, and what they mean to the log. */
export interface AppliedRow {
  readonly opId: Uint8Array;
  readonly seq: number;
  readonly sha256: Uint8Array;
  readonly late: number;
  readonly effHlc: string | null;
}
export interface HeldRowKnown {
  readonly opId: string;
  readonly sha256: string;
  readonly reason: HeldReason;
  readonly decision: HeldDecision | null;
}
export type HeldWholeRow = Omit<HeldWhole, 'body'> & { readonly body: Uint8Array };
export interface PersonRow {
  readonly id: PersonId;
  readonly kind: string;
  readonly doorKey: number;
}
export type VisitRow = readonly [deviceKey: number, doorKey: number, until: VisitEnd];
export interface FactRow {
  readonly opId: Uint8Array;
  readonly personKey: number | null;
  readonly effHlc: string | null;
  readonly body: string;
}
export interface DeviceRow {
  readonly key: number;
  readonly dbEpoch: string | null;
  readonly revokedAt: number | null;
  readonly lostInHand: number;
  readonly grantUntil: number;
  readonly unsentSince: number | null;
  readonly epoch: string | null;
  readonly have: string | null;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The 16 bytes of an id whose text was checked. */
export const idBytes = (id: OpId): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

export function toApplied(rows: readonly AppliedRow[]): LogKnown['applied'] {
  return new Map(
    rows.map(({ opId, seq, sha256, late, effHlc }) => [
      formatUuid(opId),
      { seq, sha256: hex(sha256), late: late === 1, clamped: effHlc !== null },
    ]),
  );
}

export function toHeld(rows: readonly HeldRowKnown[]): LogKnown['held'] {
  return new Map(
    rows.map(({ opId, sha256, reason, decision }) => [
      heldName(opId, sha256),
      { reason, decision },
    ]),
  );
}

export function toHeldWhole(row: HeldWholeRow | undefined): HeldWhole | null {
  return row === undefined ? null : { ...row, body: Buffer.from(row.body).toString() };
}

export function toPeople(rows: readonly PersonRow[]): Map<PersonId, KnownPerson> {
  return new Map(rows.map(({ id, kind, doorKey }) => [id, { kind, doorKey }]));
}

export function toFact({ opId, personKey, effHlc, body }: FactRow): DoorFact {
  return { opId: formatUuid(opId) as OpId, named: personKey !== null, effHlc, body };
}

/** Which phone at which door, in two columns. */
export function visitColumns({ visits }: LogAsk): [deviceKeys: number[], doorIds: DoorId[]] {
  const columns: [number[], DoorId[]] = [[], []];
  for (const [deviceKey, doorIds] of visits) {
    for (const doorId of doorIds) {
      columns[0].push(deviceKey);
      columns[1].push(doorId);
    }
  }
  return columns;
}

/** The last end counts where a phone held the door more than once. */
export function toVisits(rows: Iterable<VisitRow>): LogKnown['visits'] {
  const visits = new Map<number, Map<number, VisitEnd>>();
  for (const [deviceKey, doorKey, until] of rows) {
    const own = visits.get(deviceKey) ?? new Map<number, VisitEnd>();
    visits.set(deviceKey, own);
    own.set(doorKey, Math.max(until, own.get(doorKey) ?? until));
  }
  return visits;
}

/** A phone has a row for each epoch of its outbox, or one without. */
export function toDevices(rows: readonly DeviceRow[]): LogKnown['devices'] {
  const devices = new Map<number, KnownDevice & { have: Map<string, readonly SeqRange[]> }>();
  for (const { key, lostInHand, epoch, have, ...row } of rows) {
    const device = devices.get(key) ?? { ...row, lostInHand: lostInHand === 1, have: new Map() };
    if (epoch !== null && have !== null) device.have.set(epoch, JSON.parse(have) as SeqRange[]);
    devices.set(key, device);
  }
  return devices;
}
