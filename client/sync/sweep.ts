import { readOperation } from '#shared/sync/read-operation.ts';
import type { OutboxOp } from '../store/outbox-store.ts';
import { isWaiting } from '../store/settle-op.ts';
import type { CorePorts } from './ports.ts';

/** So many are sealed between two writes: a phone that is closed in the middle goes on there. */
const AT_ONCE = 25;

/**
 * Seals the settled facts that this phone need not read any more: those that the log has brought
 * back, those that somebody has decided, and those of turfs that it does not hold. Nothing unsent is
 * touched. What has no key to be sealed to, from before the second version, stays as it is.
 */
export async function sealSettled(
  ports: Pick<CorePorts, 'outbox' | 'packets' | 'seal'>,
): Promise<void> {
  const { outbox, packets, seal } = ports;
  const hold = await packets.readHold();
  const settled = await outbox.listIn(
    hold === null ? ['acked', 'held', 'again'] : ['acked', 'held'],
  );
  const readable = settled.filter((op) => op.sealed === undefined);
  if (readable.length === 0) return;
  const back = await packets.findRows(readable.map((op) => op.opId));
  const isOver = (op: OutboxOp): boolean =>
    hold === null ||
    back.has(op.opId) ||
    (op.state === 'held' && !isWaiting(op)) ||
    readOperation(op.body)?.scopeId !== hold.turfId;
  const keys = new Map(
    (await outbox.readIdentities()).map((one) => [one.deviceId, one.chapterKey]),
  );
  const due = readable.filter(isOver);
  for (let i = 0; i < due.length; i += AT_ONCE) {
    const sealed: { opId: string; sealed: string }[] = [];
    for (const { opId, body, deviceId } of due.slice(i, i + AT_ONCE)) {
      const key = keys.get(deviceId);
      if (key !== undefined) sealed.push({ opId, sealed: await seal(body, key) });
    }
    await outbox.putSealed(sealed);
  }
}
