import { problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { classifyReply } from '#shared/sync/classify-failure.ts';
import { readWaitingAnswer } from '#shared/sync/read-join-answer.ts';
import { type JoinPorts, keepIdentity } from './join.ts';

const TIMEOUT = 20_000;

/** How a phone stands that asked to be let in; `none`: it asked for nothing, `late`: nobody decided. */
export type WaitState = 'none' | 'waiting' | 'let-in' | 'refused' | 'late';

type WaitPorts = JoinPorts & Required<Pick<JoinPorts, 'waiting'>>;

/** Asks once. Whoever was let in is a phone of the chapter when this resolves. */
export async function askWaiting(ports: WaitPorts): Promise<Result<WaitState>> {
  const { transport, waiting } = ports;
  const own = await waiting.read().catch(() => null);
  if (own === null) return ok('none');
  const reply = await transport.send({
    method: 'POST',
    path: '/v1/join/waiting',
    token: null,
    body: JSON.stringify({ token: own.token }),
    timeoutMs: TIMEOUT,
  });
  const verdict = classifyReply(reply, readWaitingAnswer);
  if (!verdict.ok) {
    const told = verdict.failure.problem;
    if (told.code !== 'code-refused') return fail(told);
    await waiting.clear();
    return ok('refused');
  }
  const { answer } = verdict;
  if (answer.state === 'waiting') return ok('waiting');
  if (answer.state === 'let-in') {
    const kept = await keepIdentity(answer.joined, own.keys, own, ports);
    if (!kept.ok) return kept;
  }
  try {
    await waiting.clear();
  } catch {
    return fail(problem('storage-blocked'));
  }
  return ok(answer.state === 'refused' && answer.late === true ? 'late' : answer.state);
}

/** The person waits no more. The chapter is told when it can be reached; the link is used up. */
export async function giveUpWaiting({ transport, waiting }: WaitPorts): Promise<void> {
  const own = await waiting.read();
  if (own === null) return;
  await transport.send({
    method: 'POST',
    path: '/v1/join/give-up',
    token: null,
    body: JSON.stringify({ token: own.token }),
    timeoutMs: TIMEOUT,
  });
  await waiting.clear();
}
