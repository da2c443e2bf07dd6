import { classifyDone, type Failure } from '#shared/sync/classify-failure.ts';
import type { Purged } from '#shared/sync/protocol.ts';
import type { Ended, EndedWhy, Identity, Receipt } from '../store/outbox-store.ts';
import { addToReceipt, withoutReceipt } from './owed-receipts.ts';
import type { CorePorts } from './ports.ts';
import { sealSettled } from './sweep.ts';

const TIMEOUT = 30_000;

export interface Leaving {
  /** Gives up what the phone holds; `unasked` when the server has not been asked right before. */
  leave(why: EndedWhy, identity: Identity, now: number, unasked?: boolean): Promise<Failure | null>;
  /** Ends what a crash or a lost signal has left of it: purges again, and tells the chapter. */
  finish(receipt: Receipt, why?: EndedWhy): Promise<Failure | null>;
  /** Tells the chapter what somebody has deleted who had this phone before. */
  tell(receipt: Receipt): Promise<Failure | null>;
}

/** After these the phone reads nothing more until somebody joins on it anew: its key goes, and the guard. */
const FOR_GOOD: readonly EndedWhy[] = ['lost', 'revoked', 'spent', 'left'];

/** What becomes of the identity; whoever may be a stranger keeps no key to read with. */
function standingAfter(why: EndedWhy): Partial<Identity> {
  if (why === 'revoked') return { standing: 'revoked' };
  return { standing: why === 'lost' ? 'lost' : 'revoked', keys: null, registered: false };
}

/**
 * Makes the part of the core that gives a turf up, in the one order that loses nothing (P8): first
 * one try to bring away what is unsent (`drain`), then the rows, then what can be read of settled
 * facts, then the receipt, which is owed until it is taken. A phone reported lost, or whose PIN was
 * guessed at too often, purges before it sends, and drops its key. The outbox is never purged.
 */
export function makeLeaving(ports: CorePorts, drain: () => Promise<void>): Leaving {
  const { outbox, packets, transport } = ports;

  async function finish(receipt: Receipt, why?: EndedWhy): Promise<Failure | null> {
    const hold = await packets.readHold();
    if (hold !== null && receipt.turfIds.includes(hold.turfId)) await packets.purge();
    await sealSettled(ports);
    const over = why ?? (await outbox.readHead()).ended?.why;
    if (over !== undefined && FOR_GOOD.includes(over)) await ports.lock?.clear();
    return tell(receipt);
  }

  async function tell(receipt: Receipt): Promise<Failure | null> {
    const identity = (await outbox.readIdentities()).find(
      (one) => one.deviceId === receipt.deviceId,
    );
    if (identity === undefined) {
      await outbox.changeHead((head) => withoutReceipt(head, receipt));
      return null;
    }
    const unsent = await outbox.listIn(['unsent', 'again']);
    const hold = await packets.readHold();
    // What lies here is of whoever has the phone now.
    const own = (await outbox.readIdentity())?.deviceId === receipt.deviceId;
    const left = own ? hold : null;
    const purged: Purged = {
      turfIds: receipt.turfIds.slice(-100),
      // What is unsent is the walker's own and goes as soon as it can; no roll is left to read.
      wiped: left === null,
      ...(left !== null && { holds: left.turfId }),
      unsent: unsent.filter((op) => op.deviceId === receipt.deviceId).length,
    };
    const reply = await transport.send({
      method: 'POST',
      path: '/v1/purged',
      token: identity.deviceToken,
      body: JSON.stringify(purged),
      timeoutMs: TIMEOUT,
    });
    const verdict = classifyDone(reply);
    if (!verdict.ok) return verdict.failure;
    await outbox.changeHead((head) => withoutReceipt(head, receipt));
    return null;
  }

  async function leave(
    why: EndedWhy,
    identity: Identity,
    now: number,
    unasked = false,
  ): Promise<Failure | null> {
    const purgesFirst = why === 'lost' || why === 'spent';
    const { deviceId } = identity;
    const held = await packets.readHold();
    if (!purgesFirst) await drain();
    const found = await packets.readHold();
    const current = await outbox.readIdentity();
    // Whoever took a turf meanwhile, perhaps as somebody else or the same one anew, keeps that one.
    const other = held?.turfId !== found?.turfId || held?.until !== found?.until;
    const moved = current?.deviceId !== deviceId || other;
    const hold = moved ? null : found;
    let receipt: Receipt = { deviceId, turfIds: [] };
    await outbox.changeHead((head) => {
      const owes = addToReceipt(head, deviceId, hold === null ? [] : [hold.turfId]);
      receipt = owes.receipt;
      const turfName = hold?.turfName ?? '';
      const ended: Ended = { why, turfName, at: now, ...(unasked && { unasked }) };
      const known = moved || (hold === null && head.ended !== null);
      return { ...owes, ended: known ? head.ended : ended, waiting: null };
    });
    if (FOR_GOOD.includes(why)) await outbox.changeIdentity(deviceId, () => standingAfter(why));
    const failure = await finish(receipt, why);
    if (purgesFirst) {
      await drain();
      // What the chapter has by now need not be read here either.
      await sealSettled(ports);
    }
    return failure;
  }

  return { leave, finish, tell };
}
