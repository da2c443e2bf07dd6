import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { networkOf } from '../chapter/network-of.ts';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route reads its body by itself, without a schema. */
    ownBody?: true;
  }
}

/** Bytes of a JSON body unless a route says otherwise. */
export const BODY_LIMIT = 1024 * 1024;
const FAILURES = 20;
const WINDOW = 60_000;
const REMEMBERED = 10_000;

/**
 * Counts wrong links and codes by address. Only failures count: forty canvassers joining through
 * the one router of a launch hall must all get in.
 */
export class FailureLimit {
  readonly #clock: () => number;
  readonly #byAddress = new Map<string, { since: number; count: number }>();

  readonly #most: number;

  /** `most` failures a minute. */
  constructor(clock: () => number, most = FAILURES) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Throws `too-many-tries` while this address has used up its failures. */
  check(address: string): void {
    const entry = this.#current(networkOf(address));
    if (entry === undefined || entry.count < this.#most) return;
    const seconds = Math.ceil((entry.since + WINDOW - this.#clock()) / 1000);
    throw new ProblemError(problem('too-many-tries', { seconds }));
  }

  note(from: string): void {
    const address = networkOf(from);
    const entry = this.#current(address);
    if (entry !== undefined) {
      entry.count += 1;
      return;
    }
    if (this.#byAddress.size >= REMEMBERED) {
      const oldest = this.#byAddress.keys().next();
      if (!oldest.done) this.#byAddress.delete(oldest.value);
    }
    this.#byAddress.set(address, { since: this.#clock(), count: 1 });
  }

  #current(address: string): { since: number; count: number } | undefined {
    const entry = this.#byAddress.get(address);
    if (entry === undefined) return undefined;
    if (this.#clock() - entry.since < WINDOW) return entry;
    this.#byAddress.delete(address);
    return undefined;
  }
}

/** No body of ours comes near it; V8 reads bodies so deep that any walk through them would fail. */
const MOST_DEEP = 50;

/** What makes a body unfit whatever its route, or null. */
function findUnfit(value: unknown, depth = 0): string | null {
  if (typeof value === 'string')
    return value.includes('\0') ? 'a text holds a NUL character' : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MOST_DEEP) return 'the body is nested too deeply';
  for (const [key, member] of Object.entries(value)) {
    const unfit = findUnfit(key) ?? findUnfit(member, depth + 1);
    if (unfit !== null) return unfit;
  }
  return null;
}

/** What stands for no body: older pages send an empty object along. */
function isNothing(body: unknown): boolean {
  return body === null || (typeof body === 'object' && Object.keys(body).length === 0);
}

/**
 * No text of a person holds a NUL, and no body is nested without end. A phone's push is left alone: what it sends is kept whole and
 * judged operation by operation, since a refusal of the lot would stop its outbox.
 */
export function installLimits(app: App): void {
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.url === '/v1/push' || request.body === undefined) return;
    const { body } = request;
    const { schema, config } = request.routeOptions;
    if (config.ownBody !== true && schema?.body === undefined && !isNothing(body)) {
      throw new ProblemError(problem('not-valid', { reason: 'the request takes no body' }));
    }
    const json = typeof body === 'object' && body !== null && !('pipe' in body);
    const reason = json ? findUnfit(body) : null;
    if (reason !== null) throw new ProblemError(problem('not-valid', { reason }));
  });
}
