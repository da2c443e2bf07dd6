import type { FastifyRequest } from 'fastify';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Counts against what one phone may send. */
    metered?: true;
  }
}

interface Allowance {
  /** At once, after a rest. */
  readonly most: number;
  readonly perSecond: number;
}

/**
 * Far above any phone: two weeks without a network are a few thousand facts, and 10,000 of them
 * pass at once even one by one. Far below what would fill a disk in a day.
 */
const ALLOWED = {
  requests: { most: 12_000, perSecond: 10 },
  bytes: { most: 64 * 1024 * 1024, perSecond: 32 * 1024 },
} as const satisfies Record<string, Allowance>;

const REMEMBERED = 10_000;

interface Left {
  requests: number;
  bytes: number;
  at: number;
}

/** What each phone may still send. In memory: a restart forgives everything. */
export class DeviceLimit {
  readonly #clock: () => number;
  readonly #left = new Map<string, Left>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Whole seconds until this phone may send again; 0 when it may now. */
  waitSeconds(deviceId: string): number {
    const left = this.#current(deviceId);
    const waits = (['requests', 'bytes'] as const).map((what) =>
      left[what] >= 0 ? 0 : Math.ceil(-left[what] / ALLOWED[what].perSecond),
    );
    return Math.max(...waits);
  }

  /** Counts a request that was let in; it may go into debt, which the next one waits for. */
  charge(deviceId: string, requests: number, bytes: number): void {
    const left = this.#current(deviceId);
    left.requests -= requests;
    left.bytes -= bytes;
  }

  #current(deviceId: string): Left {
    const now = this.#clock();
    const known = this.#left.get(deviceId);
    // Put at the end again, so that the first one is who was silent for longest.
    this.#left.delete(deviceId);
    const left = { requests: this.#fill('requests', known, now), bytes: 0, at: now };
    left.bytes = this.#fill('bytes', known, now);
    this.#left.set(deviceId, left);
    if (this.#left.size > REMEMBERED) {
      const oldest = this.#left.keys().next();
      if (!oldest.done) this.#left.delete(oldest.value);
    }
    return left;
  }

  #fill(what: 'requests' | 'bytes', known: Left | undefined, now: number): number {
    const { most, perSecond } = ALLOWED[what];
    if (known === undefined) return most;
    const seconds = Math.max(0, now - known.at) / 1000;
    return Math.min(most, known[what] + seconds * perSecond);
  }
}

/**
 * A phone that sends without end is asked to wait (429 with Retry-After) before its body is read:
 * its facts stay on it and come later, and the others' do not wait behind them.
 */
export function installDeviceLimit(app: App, limit: DeviceLimit): void {
  const phoneOf = ({ actor, routeOptions }: FastifyRequest): string | null =>
    routeOptions.config.metered === true && actor?.kind === 'device' ? actor.deviceId : null;

  app.addHook('preParsing', async (request, _, payload) => {
    const phone = phoneOf(request);
    if (phone === null) return payload;
    const seconds = limit.waitSeconds(phone);
    if (seconds > 0) throw new ProblemError(problem('too-many-tries', { seconds }));
    // Before it is read, so that what cannot be read counts too.
    limit.charge(phone, 1, announcedBytes(request));
    return payload;
  });

  app.addHook('preValidation', async (request) => {
    const phone = phoneOf(request);
    const { unpackedBytes } = request;
    if (phone === null || unpackedBytes === null) return;
    limit.charge(phone, 0, Math.max(0, unpackedBytes - announcedBytes(request)));
  });
}

/** Of the body as it comes; one that does not say counts as the most that it may be. */
function announcedBytes({ headers, routeOptions }: FastifyRequest): number {
  return Number(headers['content-length'] ?? routeOptions.bodyLimit);
}
