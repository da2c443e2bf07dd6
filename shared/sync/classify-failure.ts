import { isProblem, type Problem, type ProblemCode } from '../kernel/problem.ts';

/** What came back from one request, before anybody believes it. `text` is the raw body. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly json: boolean;
      readonly text: string;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

/**
 * What to do about a request that brought no answer of ours. Nothing here ever deletes anything.
 * `retry`: wait and send again; `halve`: the same with half as many; `stop`: wait for a person
 * (the credential is refused), while everything stays on the phone; `restart`: the cursor is of
 * no use to the server any more.
 */
export type Failure =
  | {
      readonly act: 'retry';
      readonly why: 'unreachable' | 'captive-portal' | 'busy' | 'not-ours';
      readonly waitMs: number | null;
    }
  | { readonly act: 'halve'; readonly why: 'timeout' | 'too-large' | 'server-fault' | 'not-taken' }
  | { readonly act: 'stop'; readonly problem: Problem }
  | { readonly act: 'restart'; readonly problem: Problem };

export type Verdict<T> = { readonly answer: T } | { readonly failure: Failure };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null || !('problem' in value)) return null;
  return isProblem(value.problem) ? value.problem : null;
}

const STOPS: readonly ProblemCode[] = ['not-signed-in', 'not-found'];

function classifyStatus(status: number, problem: Problem | null, waitMs: number | null): Failure {
  if (problem?.code === 'cursor-refused') return { act: 'restart', problem };
  // A captive portal also answers 401, 403 or 511, in HTML: only our own refusal is one.
  if (status === 401 || status === 403 || status === 404) {
    if (problem !== null && STOPS.includes(problem.code)) return { act: 'stop', problem };
    if (problem !== null && status !== 404) return { act: 'stop', problem };
    return { act: 'retry', why: 'captive-portal', waitMs: null };
  }
  if (status === 429) return { act: 'retry', why: 'busy', waitMs };
  if (status === 413) return { act: 'halve', why: 'too-large' };
  if (status >= 500) {
    return status === 511
      ? { act: 'retry', why: 'captive-portal', waitMs: null }
      : { act: 'halve', why: 'server-fault' };
  }
  return status >= 400
    ? { act: 'halve', why: 'not-taken' }
    : { act: 'retry', why: 'captive-portal', waitMs: null };
}

/**
 * Believes an answer only when it has status 200, is JSON, reads as what was asked for, and, for a
 * push, echoes its batch (P4); everything else is a failure with what to do about it. A captive
 * portal's HTML with status 200 acknowledges nothing.
 */
export function classifyReply<T>(
  reply: Reply,
  read: (value: unknown) => T | null,
  isOurs: (answer: T) => boolean = () => true,
): Verdict<T> {
  if (reply.kind === 'timeout') return { failure: { act: 'halve', why: 'timeout' } };
  if (reply.kind === 'unreachable') {
    return { failure: { act: 'retry', why: 'unreachable', waitMs: null } };
  }
  const value = reply.json ? parse(reply.text) : undefined;
  if (reply.status !== 200) {
    return { failure: classifyStatus(reply.status, readProblem(value), reply.retryAfterMs) };
  }
  if (value === undefined)
    return { failure: { act: 'retry', why: 'captive-portal', waitMs: null } };
  const answer = read(value);
  if (answer === null || !isOurs(answer)) {
    return { failure: { act: 'retry', why: 'not-ours', waitMs: null } };
  }
  return { answer };
}
