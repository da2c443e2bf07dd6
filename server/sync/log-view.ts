import type { DoorId, OpId, PersonId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { addRange } from '#shared/sync/seq-ranges.ts';
import type { Happened } from '../store/audit-row.ts';
import {
  heldName,
  type AppliedOp,
  type ConsentRow,
  type DecisionRow,
  type DeviceSign,
  type EpochRow,
  type HeldOp,
  type HeldRow,
  type KnownPerson,
  type LogKnown,
  type LogWrites,
  type OpRow,
  type ResidentRow,
} from '../store/log.ts';

/** A fact of a door as the folding of its residents needs it. */
export interface ViewFact {
  readonly operation: Operation;
  readonly named: boolean;
}

/** What a group adds to for each fact of a phone's outbox. */
type GrowingEpoch = { -readonly [Field in keyof EpochRow]: EpochRow[Field] };

/**
 * The chapter as it will be once the writes so far are made: what was loaded, with what this group
 * has decided on top. Decisions read it and add to it; nothing here touches the database.
 */
export class LogView {
  readonly known: LogKnown;
  /** The doors whose facts were loaded, each with one of its ids. */
  readonly #folded: ReadonlyMap<number, DoorId>;
  readonly #now: number;
  #seq: number;
  readonly #applied = new Map<string, AppliedOp>();
  readonly #held = new Map<string, HeldOp>();
  readonly #people = new Map<PersonId, KnownPerson>();
  /** By door: one may go by several ids. */
  readonly #facts = new Map<number, ViewFact[]>();
  readonly #ops: OpRow[] = [];
  readonly #heldRows: HeldRow[] = [];
  readonly #residentPeople: { id: PersonId; doorKey: number }[] = [];
  readonly #named: { opId: OpId; personId: PersonId }[] = [];
  readonly #optOuts: { personId: PersonId; opId: OpId }[] = [];
  readonly #doorOptOuts: { doorKey: number; opId: OpId }[] = [];
  readonly #residents = new Map<number, readonly ResidentRow[]>();
  readonly #signs = new Map<number, DeviceSign>();
  readonly #epochs = new Map<number, Map<string, GrowingEpoch>>();
  readonly #consents = new Map<number, readonly ConsentRow[]>();
  readonly #decisions: DecisionRow[] = [];
  readonly #happened: Happened[] = [];
  #clamped = 0;

  constructor(known: LogKnown, seq: number, now: number) {
    this.known = known;
    this.#folded = new Map(
      [...known.facts.keys()].flatMap((id): [number, DoorId][] => {
        const key = known.doorKeys.get(id);
        return key === undefined ? [] : [[key, id]];
      }),
    );
    this.#seq = seq;
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  /** A number for each stamp that is clamped in this group: keeps their order. */
  nextClamped(): number {
    return this.#clamped++;
  }

  findApplied(opId: string): AppliedOp | null {
    return this.#applied.get(opId) ?? this.known.applied.get(opId) ?? null;
  }

  findHeld(opId: string, heldAs: string): HeldOp | null {
    if (this.#held.size + this.known.held.size === 0) return null;
    const name = heldName(opId, heldAs);
    return this.#held.get(name) ?? this.known.held.get(name) ?? null;
  }

  findPerson(id: PersonId): KnownPerson | null {
    return this.#people.get(id) ?? this.known.people.get(id) ?? null;
  }

  /** Every fact of a door, in the order of the log. Only for doors whose facts were loaded. */
  factsAt(doorId: DoorId): readonly ViewFact[] {
    const key = this.known.doorKeys.get(doorId);
    const kept = key === undefined ? undefined : this.#facts.get(key);
    if (kept !== undefined) return kept;
    const rows = this.known.facts.get(doorId) ?? [];
    const facts = rows.map(({ named, effHlc, body }): ViewFact => {
      // Whatever is in the log was checked when it came.
      const operation = JSON.parse(body) as Operation;
      return { named, operation: effHlc === null ? operation : { ...operation, hlc: effHlc } };
    });
    if (key !== undefined) this.#facts.set(key, facts);
    return facts;
  }

  /** The number in the log that the next fact gets. */
  nextSeq(): number {
    return this.#seq + 1;
  }

  /** Takes a fact in under the next number; `sha256` is in hex and of the fact as it came. */
  append(operation: Operation, sha256: string, row: OpRow): AppliedOp {
    this.#seq = row.seq;
    this.#ops.push(row);
    const { seq, late, effHlc } = row;
    const applied = { seq, sha256, late, clamped: effHlc !== null };
    this.#applied.set(row.opId, applied);
    const folded = this.#folded.get(row.doorKey);
    if (folded !== undefined) {
      const counted = row.effHlc === null ? operation : { ...operation, hlc: row.effHlc };
      const facts = [...this.factsAt(folded)];
      facts.push({ named: row.personId !== null, operation: counted });
      this.#facts.set(row.doorKey, facts);
    }
    return applied;
  }

  hold(row: HeldRow): void {
    const { opId, sha256, reason } = row;
    this.#heldRows.push(row);
    this.#held.set(heldName(opId, sha256), { reason, decision: null });
  }

  addResidentPerson(id: PersonId, doorKey: number): void {
    this.#people.set(id, { kind: 'resident', doorKey });
    this.#residentPeople.push({ id, doorKey });
  }

  /** Notes whom a fact is about, when the person became known after it. */
  nameFact(opId: OpId, personId: PersonId): void {
    this.#named.push({ opId, personId });
  }

  optOut(personId: PersonId, opId: OpId): void {
    this.#optOuts.push({ personId, opId });
  }

  optOutDoor(doorKey: number, opId: OpId): void {
    this.#doorOptOuts.push({ doorKey, opId });
  }

  setResidents(doorKey: number, rows: readonly ResidentRow[]): void {
    this.#residents.set(doorKey, rows);
  }

  setConsents(doorKey: number, rows: readonly ConsentRow[]): void {
    this.#consents.set(doorKey, rows);
  }

  settle(decision: DecisionRow): void {
    this.#decisions.push(decision);
  }

  /** Enters the audit chain with what is written. */
  note(happened: Happened): void {
    this.#happened.push(happened);
  }

  sign(sign: DeviceSign): void {
    const before = this.#signs.get(sign.deviceKey);
    const mismatches = sign.mismatches + (before?.mismatches ?? 0);
    this.#signs.set(sign.deviceKey, { ...sign, mismatches });
  }

  have(deviceKey: number, dbEpoch: string): readonly SeqRange[] {
    const row = this.#epochs.get(deviceKey)?.get(dbEpoch);
    return row?.have ?? this.known.devices.get(deviceKey)?.have.get(dbEpoch) ?? [];
  }

  /** Notes that the chapter holds this number of the phone's outbox, and the highest it speaks of. */
  receive(deviceKey: number, dbEpoch: string, localSeq: number | null, maxLocalSeq: number): void {
    let row = this.#epochs.get(deviceKey)?.get(dbEpoch);
    if (row === undefined) {
      const have = this.have(deviceKey, dbEpoch);
      row = { deviceKey, dbEpoch, have, maxLocalSeq: 0 };
      const epochs = this.#epochs.get(deviceKey) ?? new Map<string, GrowingEpoch>();
      this.#epochs.set(deviceKey, epochs.set(dbEpoch, row));
    }
    if (localSeq !== null) row.have = addRange(row.have, localSeq);
    row.maxLocalSeq = Math.max(row.maxLocalSeq, maxLocalSeq, localSeq ?? 0);
  }

  writes(): LogWrites {
    return {
      seq: this.#seq,
      now: this.#now,
      ops: this.#ops,
      held: this.#heldRows,
      residentPeople: this.#residentPeople,
      named: this.#named,
      optOuts: this.#optOuts,
      doorOptOuts: this.#doorOptOuts,
      residents: [...this.#residents].map(([doorKey, rows]) => ({ doorKey, rows })),
      signs: [...this.#signs.values()],
      epochs: [...this.#epochs.values()].flatMap((rows) => [...rows.values()]),
      consents: [...this.#consents].map(([doorKey, rows]) => ({ doorKey, rows })),
      decisions: this.#decisions,
      happened: this.#happened,
    };
  }
}
