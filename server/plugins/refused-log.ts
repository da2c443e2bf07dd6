import type { FastifyRequest } from 'fastify';

const MINUTE = 60_000;
/** More than this a minute are counted and not written: nobody fills a disk by asking. */
const MOST_IN_A_MINUTE = 20;

/** What whoever runs the server is told of: attempts at what is not there or not theirs, and bad input. */
const NOTED: ReadonlySet<string> = new Set(['not-found', 'not-valid', 'cross-site', 'ask-passkey']);

/**
 * Writes refused requests of those who are known into the process log: which route, why, and who by
 * their id. Never the address that was asked for nor what was sent: both may hold a name.
 */
export class RefusedLog {
  readonly #clock: () => number;
  #since = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  note(request: FastifyRequest, code: string): void {
    const { actor } = request;
    // Whoever is nobody is noted in the chapter's audit chain, where they tried to come in.
    if (actor === null || !NOTED.has(code)) return;
    const now = this.#clock();
    if (now - this.#since >= MINUTE) {
      const unwritten = this.#count - MOST_IN_A_MINUTE;
      if (unwritten > 0) request.log.warn({ unwritten }, 'more requests were refused');
      [this.#since, this.#count] = [now, 0];
    }
    this.#count += 1;
    if (this.#count > MOST_IN_A_MINUTE) return;
    const by = actor.kind === 'device' ? actor.deviceId : actor.member.id;
    const route = request.routeOptions.url ?? null;
    const { method } = request;
    request.log.warn({ code, method, route, chapter: actor.db.id, by }, 'refused');
  }
}
