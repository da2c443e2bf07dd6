import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Me } from '#shared/model/chapter.ts';
import { callApi } from '../../api/call.ts';

const asked = new Map<string, Promise<Result<Me, Problem>>>();

/**
 * Trades a link's token for a session. A token works once, and an effect may run twice: the same
 * token in the same page is sent once, unless there was no network.
 */
export function signIn(token: string): Promise<Result<Me, Problem>> {
  const before = asked.get(token);
  if (before) return before;
  const answer = ask(token);
  asked.set(token, answer);
  return answer;
}

async function ask(token: string): Promise<Result<Me, Problem>> {
  const answer = await callApi<Me>('POST', '/v1/sign-in', { token });
  if (!answer.ok && answer.problem.code !== 'link-refused') asked.delete(token);
  return answer;
}

/** The token of a sign-in link, or of a text that is one already; null when there is none. */
export function tokenOf(text: string): string | null {
  const trimmed = text.trim();
  const token = trimmed.includes('#') ? trimmed.slice(trimmed.indexOf('#') + 1) : trimmed;
  return /^[\w.~-]{8,200}$/.test(token) ? token : null;
}
