import type { GuardKind } from '../../../client/lock/lock-disk.ts';
import type { OutboxOp } from '../../../client/store/outbox-store.ts';
import { makeOutboxDisk, type OutboxDisk } from './memory-outbox.ts';
import { makePacketDisk, type PacketDisk } from './memory-packets.ts';
import { type LockNotes, makeLockNotes } from './sim-lock.ts';

/** Everything that a phone has stored. */
export interface Disk {
  readonly outbox: OutboxDisk;
  readonly packet: PacketDisk;
  readonly lock: LockNotes;
}

/** Calls out when anything deletes a fact that no server has answered for (I17). */
class GuardedOps extends Map<string, OutboxOp> {
  readonly #onSaved: (op: OutboxOp) => void;
  readonly #onLoss: (op: OutboxOp) => void;

  constructor(onSaved: (op: OutboxOp) => void, onLoss: (op: OutboxOp) => void) {
    super();
    this.#onSaved = onSaved;
    this.#onLoss = onLoss;
  }

  override delete(opId: string): boolean {
    const op = this.get(opId);
    if (op?.state === 'unsent' || op?.state === 'again') this.#onLoss(op);
    return super.delete(opId);
  }

  override set(opId: string, op: OutboxOp): this {
    const before = this.get(opId);
    if (before === undefined) this.#onSaved(op);
    // Once saved, the bytes are the same for ever, or sealed.
    const changed = before !== undefined && op.body !== before.body && op.sealed === undefined;
    const gone = op.body === '' && op.sealed === undefined;
    if (changed || gone) this.#onLoss(op);
    return super.set(opId, op);
  }

  override clear(): void {
    for (const opId of this.keys()) this.delete(opId);
  }
}

export function makeDisk(
  dbEpoch: string,
  onSaved: (op: OutboxOp) => void,
  onLoss: (op: OutboxOp) => void,
  guard: GuardKind | null = null,
): Disk {
  const outbox = { ...makeOutboxDisk(dbEpoch), ops: new GuardedOps(onSaved, onLoss) };
  return { outbox, packet: makePacketDisk(), lock: makeLockNotes(guard) };
}
