import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { Join, Joined } from '#shared/model/chapter.ts';
import { readJoined } from '#shared/sync/check-answer.ts';
import { classifyReply } from '#shared/sync/classify-failure.ts';
import type { OutboxStore } from '../store/outbox-store.ts';
import type { Transport } from './ports.ts';

const TIMEOUT = 30_000;

async function readToken(outbox: OutboxStore): Promise<Result<string | null>> {
  try {
    return ok((await outbox.readIdentity())?.deviceToken ?? null);
  } catch {
    return fail(problem('storage-blocked'));
  }
}

/**
 * Trades a launch code for an identity and keeps it. What an earlier identity of this phone has
 * not sent yet stays, and still goes out under that one's name.
 */
export async function joinTurf(
  asked: Join,
  transport: Transport,
  outbox: OutboxStore,
): Promise<Result<Joined>> {
  // A phone that the chapter knows stays the same phone, so that its unsent facts stay its own.
  const known = await readToken(outbox);
  if (!known.ok) return known;
  const reply = await transport.send({
    method: 'POST',
    path: '/v1/join',
    token: known.value,
    body: JSON.stringify(asked),
    timeoutMs: TIMEOUT,
  });
  const verdict = classifyReply(reply, readJoined);
  if (!verdict.ok) return fail(verdict.failure.problem);
  const { deviceId, deviceToken, chapter, member } = verdict.answer;
  try {
    await outbox.putIdentity({ deviceId, deviceToken, chapter, member });
  } catch (error) {
    return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
  }
  return ok(verdict.answer);
}
