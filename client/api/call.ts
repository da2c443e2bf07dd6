import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { stepUp } from './step-up.ts';

export interface CallOptions {
  /** The version that the change was based on; the server refuses another one. */
  readonly ifMatch?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Long enough for a universe of 200,000 doors on a slow line, short enough to be told. */
const TIMEOUT_MS = 30_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * The desk's only way to the server. Promises a Result and never throws: no network, no answer
 * in time and somebody else's page are `no-network`, a failure without words is `server-fault`.
 * What needs the passkey again asks for it and is repeated; `ask-passkey` means the person said no.
 */
export async function callApi<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Result<T, Problem>> {
  const answer = await send<T>(method, path, body, options);
  if (answer.ok || answer.problem.code !== 'ask-passkey' || !(await stepUp())) return answer;
  return send<T>(method, path, body, options);
}

async function send<T>(
  method: Method,
  path: string,
  body: unknown,
  options: CallOptions,
): Promise<Result<T, Problem>> {
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${String(options.ifMatch)}"`);
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const answer = await fetch(path, {
      method,
      headers,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return readAnswer<T>(answer.status, await answer.text());
  } catch {
    return fail(problem('no-network'));
  }
}

/** Turns what came over the wire into a value or a problem; anything unknown is the server's fault. */
export function readAnswer<T>(status: number, text: string): Result<T, Problem> {
  const value = parse(text);
  if (status >= 200 && status < 300) {
    // The server's own routes answer by the contract of shared/model: typed there, not checked twice.
    if (status === 204 || value !== undefined) return ok(value as T);
    // A page where data was asked for: a Wi-Fi’s sign-in page has answered, not our server.
    return fail(problem('no-network'));
  }
  if (typeof value === 'object' && value !== null && 'problem' in value) {
    const told = value.problem as Partial<Problem> | null;
    // One that this version has no words for is told so, by its name.
    if (typeof told?.code === 'string') return fail(problem(told.code, told.facts ?? {}));
  }
  if (status === 401) return fail(problem('not-signed-in'));
  if (status === 404) return fail(problem('not-found'));
  return fail(problem('server-fault'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
