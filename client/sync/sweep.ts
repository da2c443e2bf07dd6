import { readOperation } from '#shared/sync/read-operation.ts';
import type { OutboxOp } from '../store/outbox-store.ts';
import { hasCopy, isWaiting } from '../store/settle-op.ts';
import type { CorePorts } from './ports.ts';

/** So many are sealed between two writes: a phone that is closed in the middle goes on there. */
const AT_ONCE = 25;

/**
 * Seals the settled facts that this phone need not read any more: those that the log has brought
 * back, those that somebody has decided, and those of turfs that it does not hold. Nothing unsent is
 * touched, but that nothing may lie bare on a guarded phone. What has no key to be sealed to, from
 * before the second version, stays as it is.
 */
export async function sealSettled(
  ports: Pick<CorePorts, 'outbox' | 'packets' | 'seal'>,
): Promise<void> {
  const { outbox, packets } = ports;
  await coverBare(ports);
  const hold = await packets.readHold();
  const settled = await outbox.listIn(
    hold === null ? ['acked', 'held', 'again'] : ['acked', 'held'],
  );
  const readable = settled.filter(hasCopy);
  if (readable.length === 0) return;
  const back = await packets.findRows(readable.map((op) => op.opId));
  const isOver = (op: OutboxOp): boolean =>
    hold === null ||
    back.has(op.opId) ||
    (op.state === 'held' && !isWaiting(op)) ||
    (op.copy ?? readOperation(op.body)?.scopeId) !== hold.turfId;
  await sealAll(ports, readable.filter(isOver), (sealed) => outbox.putSealed(sealed));
}

/**
 * Leaves nothing to read at rest of what a version before that knew no lock has written, and of what
 * was said before the person chose one. Unsent facts stay unsent, sealed.
 */
export async function coverBare(ports: Pick<CorePorts, 'outbox' | 'seal'>): Promise<void> {
  const { outbox } = ports;
  await sealAll(ports, await outbox.listBare(), (sealed) => outbox.coverBare(sealed));
}

/** Seals what is not sealed yet, each to its own chapter, and hands them on a few at a time. */
async function sealAll(
  { outbox, seal }: Pick<CorePorts, 'outbox' | 'seal'>,
  ops: readonly OutboxOp[],
  put: (sealed: readonly { opId: string; sealed: string }[]) => Promise<void>,
): Promise<void> {
  if (ops.length === 0) return;
  const keys = new Map(
    (await outbox.readIdentities()).map((one) => [one.deviceId, one.chapterKey]),
  );
  for (let i = 0; i < ops.length; i += AT_ONCE) {
    const done: { opId: string; sealed: string }[] = [];
    for (const { opId, body, deviceId, sealed } of ops.slice(i, i + AT_ONCE)) {
      const key = keys.get(deviceId);
      if (sealed !== undefined) done.push({ opId, sealed });
      else if (key !== undefined) done.push({ opId, sealed: await seal(body, key) });
    }
    await put(done);
  }
}
