import { type Kysely, sql } from 'kysely';
import {
  type MemberId,
  type DoorId,
  type OpId,
  type PersonId,
  type TurfId,
  uuidOfDigits,
} from '#shared/kernel/ids.ts';
import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';
import type { Change, SeqRange } from '#shared/sync/protocol.ts';
import type { ConsentRecipients } from '#shared/model/consent.ts';
import type { AskSql } from './ask-sql.ts';
import type { Happened } from './audit-row.ts';
import type { WaitingRow } from './found-doors.ts';
import { opDigits } from './op-digits.ts';
import type { Tables } from './tables.ts';

/** What a group of pushes needs to know of the chapter before it can be judged. */
export interface LogAsk {
  /** Ids of operations, each a UUID. */
  readonly opIds: readonly OpId[];
  /** Ids as sent, whatever they look like: for what was held before. */
  readonly heldIds: readonly string[];
  readonly personIds: readonly PersonId[];
  /** Doors whose facts are wanted, since residents come or go there. */
  readonly foldedDoorIds: readonly DoorId[];
  /** At which doors each phone was; every phone and every door that is asked about is here. */
  readonly visits: ReadonlyMap<number, ReadonlySet<DoorId>>;
}

export interface AppliedOp {
  readonly seq: number;
  /** Hex. */
  readonly sha256: string;
  readonly late: boolean;
  readonly clamped: boolean;
}
export interface HeldOp {
  readonly reason: HeldReason;
  readonly decision: HeldDecision | null;
}
/** A held operation, whole, by the key that the desk names it with. */
export interface HeldWhole {
  readonly key: number;
  readonly opId: string;
  readonly deviceKey: number;
  readonly reason: HeldReason;
  readonly body: string;
  readonly decision: HeldDecision | null;
}
/** What somebody made of a held operation. `by` is null for the server itself after an upgrade. */
export interface DecisionRow {
  readonly key: number;
  readonly decision: HeldDecision;
  readonly by: MemberId | null;
  readonly why: string;
  readonly asSeq: number | null;
}
export interface KnownPerson {
  readonly kind: string;
  readonly doorKey: number;
}
/** A fact of a door as it lies in the log. */
export interface DoorFact {
  readonly opId: OpId;
  /** False for a fact about somebody who was not known when it came. */
  readonly named: boolean;
  readonly effHlc: string | null;
  readonly body: string;
}
/** Until when a phone held a turf that the door was in, in ms since 1970. */
export type VisitEnd = number;
export interface KnownDevice {
  readonly dbEpoch: string | null;
  readonly revokedAt: number | null;
  readonly lostInHand: boolean;
  readonly grantUntil: number;
  readonly unsentSince: number | null;
  /** By epoch. */
  readonly have: ReadonlyMap<string, readonly SeqRange[]>;
}

export interface LogKnown {
  readonly applied: ReadonlyMap<string, AppliedOp>;
  /** By `heldName`. */
  readonly held: ReadonlyMap<string, HeldOp>;
  /** Of the doors asked for, and of others that came by. */
  readonly doorKeys: ReadonlyMap<DoorId, number>;
  readonly people: ReadonlyMap<PersonId, KnownPerson>;
  readonly facts: ReadonlyMap<DoorId, readonly DoorFact[]>;
  /** Of each phone by the door's key; absent when it never held a turf with this door. */
  readonly visits: ReadonlyMap<number, ReadonlyMap<number, VisitEnd>>;
  readonly devices: ReadonlyMap<number, KnownDevice>;
  /** Those of the people asked for who were erased. */
  readonly erased: ReadonlySet<PersonId>;
}

export const heldName = (opId: string, sha256: string): string => `${sha256} ${opId}`;

export interface OpRow {
  readonly seq: number;
  readonly opId: OpId;
  readonly type: string;
  readonly doorKey: number;
  /** Null when nobody is named or nobody knows them yet. */
  readonly personId: PersonId | null;
  readonly deviceKey: number;
  readonly dbEpoch: string;
  readonly localSeq: number;
  readonly supersedes: OpId | null;
  readonly at: number;
  /** Of the body, in hex. */
  readonly sha256: string;
  readonly body: string;
  readonly effHlc: string | null;
  readonly late: boolean;
  /** The hash in hex of the fact as it came, where it is kept empty; see shared/privacy/empty-fact. */
  readonly wasSha256?: string;
}
export interface HeldRow {
  readonly opId: string;
  readonly deviceKey: number;
  readonly reason: HeldReason;
  readonly sha256: string;
  readonly body: string;
  readonly carriedBy: number | null;
  /** Whoever it names was erased. */
  readonly emptied?: true;
}
/** A device's state of health as it says itself with each push. */
export interface DeviceSign {
  readonly deviceKey: number;
  readonly dbEpoch: string;
  readonly maxLocalSeq: number;
  readonly unsent: number;
  readonly unsentSince: number | null;
  readonly grantUntil: number;
  readonly mismatches: number;
}
export interface EpochRow {
  readonly deviceKey: number;
  readonly dbEpoch: string;
  readonly have: readonly SeqRange[];
  readonly maxLocalSeq: number;
}
export interface ResidentRow {
  readonly personId: PersonId;
  readonly firstName: string;
  readonly lastName: string;
  readonly opId: OpId;
}

/** What one person at a door allowed or forbade. */
export interface ConsentRow {
  readonly personId: PersonId;
  readonly recipients: ConsentRecipients;
  readonly given: boolean;
  readonly wording: string;
  /** Hex. */
  readonly wordingHash: string;
  readonly hlc: string;
  readonly opId: OpId;
}

/** What a group of pushes changes, written at once. */
export interface LogWrites {
  /** The chapter's clock afterwards. */
  readonly seq: number;
  readonly now: number;
  readonly ops: readonly OpRow[];
  readonly held: readonly HeldRow[];
  readonly residentPeople: readonly { readonly id: PersonId; readonly doorKey: number }[];
  /** Facts that came before the person whom they name. */
  readonly named: readonly { readonly opId: OpId; readonly personId: PersonId }[];
  readonly optOuts: readonly { readonly personId: PersonId; readonly opId: OpId }[];
  readonly doorOptOuts: readonly { readonly doorKey: number; readonly opId: OpId }[];
  /** Who lives at these doors besides the roll: replaces what stood there. */
  readonly residents: readonly {
    readonly doorKey: number;
    readonly rows: readonly ResidentRow[];
  }[];
  /** What was allowed at these doors: replaces what stood there. */
  readonly consents: readonly {
    readonly doorKey: number;
    readonly rows: readonly ConsentRow[];
  }[];
  readonly signs: readonly DeviceSign[];
  readonly epochs: readonly EpochRow[];
  readonly decisions: readonly DecisionRow[];
  /** Entries of the audit chain. */
  readonly happened: readonly Happened[];
}

/**
 * The chapter's log inside one open write transaction that holds the chapter's lock: whoever reads
 * here reads what nobody else can change before the commit. Sequence numbers are given out under
 * that lock and written back before the commit, so their order is the order of commits, without gaps
 * (P6).
 */
export interface LogTransaction {
  readonly incarnation: string;
  /** The chapter's clock when the transaction began. */
  readonly seq: number;
  load(ask: LogAsk): Promise<LogKnown>;
  /** A held operation by its key, or null. */
  readHeld(key: number): Promise<HeldWhole | null>;
  /** What is held, undecided, and names this door, in the order in which it came. */
  readWaiting(doorId: DoorId): Promise<readonly WaitingRow[]>;
  /** For what is rare: one statement at a time, in this transaction. */
  readonly ask: AskSql;
  /** Which door an id names is asked anew from here on. */
  forgetDoors(): void;
  /**
   * Writes everything. An operation whose id is in the log already breaks the rule of the table, and
   * with it the transaction: `load` knew of it, so that cannot happen while the lock is held.
   */
  save(writes: LogWrites): Promise<void>;
}

/** Runs work in one write transaction under the chapter's lock: durable when it resolves (P17). */
export type InLog = <T>(work: (log: LogTransaction) => Promise<T>) => Promise<T>;

/** So few facts are looked at one by one; beyond, it is asked door by door. */
const NEAR = 500;

/**
 * The facts at a turf's doors after `after`, up to `most`, in the order of the log. `head` is where
 * the log ends, when that is known: what is new in a busy chapter is mostly little, a turf is not.
 */
export async function readTurfChanges(
  trx: Kysely<Tables>,
  turfIds: readonly TurfId[],
  after: number,
  most: number | null,
  head = Infinity,
): Promise<Change[]> {
  if (turfIds.length === 0) return [];
  const turfs = sql`removed_seq is null and turf_id in (${sql.join([...turfIds])})`;
  const there =
    head - after > NEAR
      ? sql`door_key in (select door_key from turf_doors where ${turfs})`
      : sql`exists (select 1 from turf_doors where turf_doors.door_key = ops.door_key and ${turfs})`;
  const { rows } = await sql<{
    seq: number;
    digits: string;
    body: string;
    eff_hlc: string | null;
  }>`select seq, ${opDigits(trx)} as digits, body, eff_hlc from ops
    where seq > ${after} and ${there}
    order by seq ${most === null ? sql`` : sql`limit ${most}`}`.execute(trx);
  return rows.map(({ seq, digits, body, eff_hlc: eff }) => ({
    seq,
    opId: uuidOfDigits(digits) as OpId,
    body,
    ...(eff === null ? {} : { eff }),
  }));
}
