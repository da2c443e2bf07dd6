import { problem, type Problem } from '../kernel/make-problem.ts';
import type { ProblemCode } from '../kernel/problem.ts';
import { isPhoneProblem } from '../kernel/phone-problem.ts';

/** What came back from one request, before anybody believes it. `text` is the raw body. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The header says JSON. */
      readonly json: boolean;
      readonly text: string;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

export type FailureReason =
  | 'unreachable'
  | 'timeout'
  | 'captive-portal'
  | 'not-ours'
  | 'busy'
  | 'too-large'
  | 'server-fault'
  | 'not-taken'
  | 'refused'
  | 'outdated'
  | 'cursor';

/**
 * What to do about a request that brought no answer of ours. Nothing here ever deletes anything.
 * `retry`: wait and send again; `halve`: the same with half as many; `stop`: wait for a person
 * (the credential is refused), while everything stays on the phone; `restart`: the server cannot
 * go on from this cursor.
 */
export interface Failure {
  readonly act: 'retry' | 'halve' | 'stop' | 'restart';
  readonly why: FailureReason;
  /** How long the server asked us to wait. */
  readonly waitMs: number | null;
  /** What to tell the person: the server's own words when it had any. */
  readonly problem: Problem;
}

export type Verdict<T> =
  { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly failure: Failure };

const ACTS: Readonly<Record<FailureReason, Failure['act']>> = {
  unreachable: 'retry',
  timeout: 'halve',
  'captive-portal': 'retry',
  'not-ours': 'retry',
  busy: 'retry',
  'too-large': 'halve',
  'server-fault': 'halve',
  'not-taken': 'halve',
  refused: 'stop',
  outdated: 'retry',
  cursor: 'restart',
};

const SAID: Readonly<Partial<Record<FailureReason, ProblemCode>>> = {
  'too-large': 'body-too-large',
  'server-fault': 'server-fault',
  refused: 'not-signed-in',
  cursor: 'cursor-refused',
};

/** As the names of problems are written. */
const NAME = /^[a-z][a-z-]{0,63}$/;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'problem' in value ? value.problem : null;
}

function readProblem(value: unknown): Problem | null {
  const told = problemIn(value);
  return isPhoneProblem(told) ? told : null;
}

/** One that this version has no words for, or the desk alone: it is told, as no lack of a connection. */
function readUnknown(value: unknown): Problem | null {
  const told = problemIn(value) as Partial<Problem> | null;
  const isNamed = typeof told?.code === 'string' && NAME.test(told.code);
  return isNamed ? problem(told.code, told.facts ?? {}) : null;
}

/** A captive portal also answers 401, 403, 404 or 511, in HTML: only our own refusal is one. */
function reasonOf(status: number, told: Problem | null): FailureReason {
  if (told?.code === 'cursor-refused') return 'cursor';
  if (status === 401 || status === 403) return told === null ? 'captive-portal' : 'refused';
  if (status === 404) return told === null ? 'captive-portal' : 'not-ours';
  if (status === 413) return 'too-large';
  if (status === 426 && told !== null) return 'outdated';
  if (status === 429 || status === 503) return 'busy';
  if (status === 511) return 'captive-portal';
  if (status >= 500) return 'server-fault';
  return status >= 400 ? 'not-taken' : 'captive-portal';
}

/** The failure of this reason, with the server's own words when it had any. */
export function failureOf(
  why: FailureReason,
  told: Problem | null = null,
  waitMs: number | null = null,
): Failure {
  return { act: ACTS[why], why, waitMs, problem: told ?? problem(SAID[why] ?? 'no-network') };
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
  if (reply.kind !== 'answer') return { ok: false, failure: failureOf(reply.kind) };
  const value = reply.json ? parse(reply.text) : undefined;
  if (reply.status !== 200) {
    const told = readProblem(value);
    const why = reasonOf(reply.status, told);
    const unknown = why === 'not-taken' ? readUnknown(value) : null;
    return { ok: false, failure: failureOf(why, told ?? unknown, reply.retryAfterMs) };
  }
  if (value === undefined) return { ok: false, failure: failureOf('captive-portal') };
  const answer = read(value);
  return answer !== null && isOurs(answer)
    ? { ok: true, answer }
    : { ok: false, failure: failureOf('not-ours') };
}

/** What was asked for is done: our server says so with 204 and nothing else. */
export function classifyDone(reply: Reply): Verdict<true> {
  if (reply.kind === 'answer' && reply.status === 204) return { ok: true, answer: true };
  return classifyReply<true>(reply, () => null);
}
