import { problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeptOp, RescueFile } from '#shared/sync/protocol.ts';
import { readRescueFile } from '#shared/sync/read-rescue-file.ts';
import { rescueWords } from '#shared/sync/rescue-words.ts';
import type { OutboxOp } from '../store/outbox-store.ts';
import type { CorePorts } from './ports.ts';

type RescuePorts = Pick<CorePorts, 'outbox' | 'signer' | 'seal' | 'clock'>;

/** Sealed, so that a file left in a chat or on a stick tells nobody anything. */
async function sealOp(op: OutboxOp, chapterKey: string, ports: RescuePorts): Promise<KeptOp> {
  const { opId, sha256, body, sealed } = op;
  return { opId, sha256, sealed: sealed ?? (await ports.seal(body, chapterKey)) };
}

/**
 * Everything that this phone has not brought to the chapter, as the text of a rescue file: sealed to
 * the chapter and signed by the phone. Needs no network and changes nothing on the phone, which goes
 * on trying to send. Facts of an earlier user of this phone come too; the chapter looks at those.
 */
export async function makeRescueText(ports: RescuePorts): Promise<Result<string>> {
  try {
    return await composeRescue(ports);
  } catch {
    return fail(problem('storage-blocked'));
  }
}

async function composeRescue(ports: RescuePorts): Promise<Result<string>> {
  const { outbox, signer, clock } = ports;
  const identity = await outbox.readIdentity();
  const { keys, chapterKey, registered, handed } = identity ?? {};
  if (identity === null || !keys || chapterKey === undefined || registered !== true) {
    return fail(problem('rescue-unready'));
  }
  const head = await outbox.readHead();
  const pending = await outbox.listIn(['unsent', 'again']);
  const ops: KeptOp[] = [];
  for (const op of pending) {
    if (op.chapterId === identity.chapter.id) ops.push(await sealOp(op, chapterKey, ports));
  }
  const said: Omit<RescueFile, 'signature'> = {
    format: 'homeground-rescue',
    v: handed ? 2 : 1,
    chapterId: identity.chapter.id,
    deviceId: identity.deviceId,
    dbEpoch: head.dbEpoch,
    maxLocalSeq: head.nextSeq - 1,
    savedAt: clock.now() + (head.clockOffsetMs ?? 0),
    ops,
    ...(handed && { claims: [...handed.before, handed.claim] }),
  };
  const file: RescueFile = { ...said, signature: await signer.sign(keys, rescueWords(said)) };
  return ok(JSON.stringify(file));
}

/**
 * Takes another phone's rescue file in, to be handed on when there is a signal. Resolves with the
 * number of its facts when it is on this phone's disk, never before.
 */
export async function takeRescueText(
  { outbox }: Pick<CorePorts, 'outbox'>,
  text: string,
): Promise<Result<number>> {
  const file = readRescueFile(text);
  if (file === null) return fail(problem('rescue-unreadable'));
  try {
    const identities = await outbox.readIdentities();
    if (identities.every((one) => one.chapter.id !== file.chapterId)) {
      return fail(problem('rescue-refused', { reason: 'it is of another chapter' }));
    }
    await outbox.putCarried({ key: file.signature, file, results: null });
    return ok(file.ops.length);
  } catch (error) {
    return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
  }
}
