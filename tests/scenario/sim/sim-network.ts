import type { Dice } from '#shared/kernel/random.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { Request } from '../../../client/sync/ports.ts';
import type { Faults } from './faults.ts';
import type { World } from './world.ts';
import type { Town } from './town-template.ts';
import type { VirtualTime } from './virtual-time.ts';

const PORTAL = '<!doctype html><title>Welcome to the café</title>';
const TOO_LARGE = 1_000;

function answer(status: number, value: unknown, retryAfterMs: number | null = null): Reply {
  return { kind: 'answer', status, json: true, text: JSON.stringify(value), retryAfterMs };
}

/** Hears every answer as the server gave it, before the network touches it. */
export type Witness = (request: Request, reply: Reply) => void;

export interface NetworkSettings {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly world: World;
  /** Whom its requests may go to. */
  readonly towns: () => readonly Town[];
  /** The phone's address. */
  readonly ip: string;
  readonly witness: Witness;
}

/** The network between one phone and the server: loses, repeats, delays, and lies. */
export class SimNetwork {
  readonly #is: NetworkSettings;
  readonly #time: VirtualTime;
  readonly #dice: Dice;
  readonly #faults: Faults;
  /** The cable is out. */
  cut = false;
  /** So many of the next answers never come. */
  dropAnswers = 0;
  #stale: { readonly path: string; readonly reply: Reply } | null = null;
  #offlineUntil = 0;

  constructor(settings: NetworkSettings) {
    this.#is = settings;
    this.#time = settings.time;
    this.#dice = settings.dice;
    this.#faults = settings.faults;
  }

  /** What the phone hears, at most `timeoutMs` after asking. */
  send(request: Request): Promise<Reply> {
    return new Promise((resolve) => {
      const stop = this.#time.after(request.timeoutMs, () => resolve({ kind: 'timeout' }));
      void this.#arrive(request, (reply) => {
        stop();
        resolve(reply);
      });
    });
  }

  async #arrive(request: Request, hear: (reply: Reply) => void): Promise<void> {
    const reply = await this.#travel(request);
    if (reply !== null) hear(reply);
  }

  async #reach(request: Request): Promise<Reply> {
    const { world, towns, ip, witness } = this.#is;
    if (!world.up) this.#faults.count('server-down');
    const reply = await world.handle(request, towns(), ip);
    witness(request, reply);
    return reply;
  }

  #trip(): number {
    // Overtaken by what was sent after it.
    if (this.#faults.fires('reordered')) return this.#dice.whole(100, 400);
    if (this.#faults.fires('late-delivery')) return this.#dice.whole(25_000, 60_000);
    return this.#faults.fires('slow') ? this.#dice.whole(500, 9_000) : this.#dice.whole(5, 90);
  }

  /** Null when nothing ever comes back. */
  async #travel(request: Request): Promise<Reply | null> {
    const refusal = this.#refuse(request);
    if (refusal !== null) {
      await this.#time.sleep(this.#dice.whole(1, 60));
      return refusal;
    }
    const path = request.path.split('?')[0] ?? '';
    // Joining is asked for by a person, who sees what comes of it and does one thing after another.
    const isJoin = path === '/v1/join';
    await this.#time.sleep(isJoin ? this.#dice.whole(5, 90) : this.#trip());
    if (this.#faults.fires('request-lost')) return this.#silence();
    if (!isJoin && this.#faults.fires('duplicated')) {
      void this.#time.sleep(this.#dice.whole(0, 20_000)).then(() => this.#reach(request));
    }
    const reply = await this.#reach(request);
    await this.#time.sleep(this.#trip());
    if (this.dropAnswers > 0) {
      this.dropAnswers -= 1;
      return null;
    }
    if (this.#faults.fires('response-lost')) return this.#silence();
    const stale = this.#stale;
    this.#stale = { path, reply };
    if (!isJoin && stale?.path === path && this.#faults.fires('stale-answer')) return stale.reply;
    if (reply.kind === 'answer' && this.#faults.fires('truncated')) {
      return { ...reply, text: reply.text.slice(0, this.#dice.whole(0, reply.text.length - 1)) };
    }
    return reply;
  }

  /** A lost message is noticed at once, when the connection breaks, or never. */
  #silence(): Reply | null {
    return this.#dice.chance(0.5) ? { kind: 'unreachable' } : null;
  }

  /** What answers in the server's place. */
  #refuse(request: Request): Reply | null {
    const faults = this.#faults;
    if (this.cut) return { kind: 'unreachable' };
    if (!faults.healed && this.#time.now < this.#offlineUntil) return { kind: 'unreachable' };
    if (faults.fires('offline')) {
      this.#offlineUntil = this.#time.now + this.#dice.whole(1_000, 30_000);
      return { kind: 'unreachable' };
    }
    if (faults.fires('captive-portal')) {
      const status = this.#dice.pick([200, 200, 302, 401, 403, 404, 511]);
      return { kind: 'answer', status, json: false, text: PORTAL, retryAfterMs: null };
    }
    if (faults.fires('captive-portal-says-json')) {
      const text = this.#dice.pick([PORTAL, '{}', '{"ok":true}', 'null', '[]', '']);
      return { kind: 'answer', status: 200, json: true, text, retryAfterMs: null };
    }
    if (faults.fires('signed-out')) return answer(401, { problem: problem('not-signed-in') });
    if ((request.body?.length ?? 0) > TOO_LARGE && faults.fires('too-large')) {
      return answer(413, { problem: problem('body-too-large', { limit: '1 kB' }) });
    }
    if (faults.fires('busy')) {
      return answer(429, { problem: problem('too-many-tries', { seconds: 3 }) }, 3_000);
    }
    return null;
  }
}
