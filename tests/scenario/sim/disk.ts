import type { GuardKind } from '../../../client/lock/lock-disk.ts';
import type { OutboxOp } from '../../../client/store/outbox-store.ts';
import { SETTLED } from '../../../client/store/settle-op.ts';
import { makeOutboxDisk, type OutboxDisk } from './memory-outbox.ts';
import { makePacketDisk, type PacketDisk } from './memory-packets.ts';
import { type LockNotes, makeLockNotes } from './sim-lock.ts';

/** Everything that a phone has stored. */
export interface Disk {
  readonly outbox: OutboxDisk;
  readonly packet: PacketDisk;
  readonly lock: LockNotes;
}

/** What is told of the facts on a disk. */
export interface FactWatch {
  readonly onSaved: (op: OutboxOp) => void;
  /** Something deletes or changes a fact that no server has answered for. */
  readonly onLoss: (op: OutboxOp) => void;
  /** The phone takes a fact for received, or for held. */
  readonly onSettled: (op: OutboxOp) => void;
}

/** Calls out when anything deletes a fact that no server has answered for (I17). */
class GuardedOps extends Map<string, OutboxOp> {
  readonly #watch: FactWatch;

  constructor(watch: FactWatch) {
    super();
    this.#watch = watch;
  }

  override delete(opId: string): boolean {
    const op = this.get(opId);
    if (op !== undefined && !SETTLED.includes(op.state)) this.#watch.onLoss(op);
    return super.delete(opId);
  }

  override set(opId: string, op: OutboxOp): this {
    const before = this.get(opId);
    if (before === undefined) this.#watch.onSaved(op);
    else if (SETTLED.includes(op.state) && !SETTLED.includes(before.state))
      this.#watch.onSettled(op);
    // Once saved, the bytes are the same for ever, or sealed.
    const changed = before !== undefined && op.body !== before.body && op.sealed === undefined;
    const gone = op.body === '' && op.sealed === undefined;
    if (changed || gone) this.#watch.onLoss(op);
    return super.set(opId, op);
  }

  override clear(): void {
    for (const opId of this.keys()) this.delete(opId);
  }
}

export function makeDisk(dbEpoch: string, watch: FactWatch, guard: GuardKind | null = null): Disk {
  const outbox = { ...makeOutboxDisk(dbEpoch), ops: new GuardedOps(watch) };
  return { outbox, packet: makePacketDisk(), lock: makeLockNotes(guard) };
}
