import type { Talks } from '../../../client/sync/ports.ts';
import { hashedBytes } from '../hashed-bytes.ts';
import type { VirtualTime } from './virtual-time.ts';

const MINUTE = 60_000;
const SOON = 2_500;

/**
 * The conversations of whoever carries a phone: most are over soon, some last longer than a turf
 * that was taken back may wait. Chance of its own, so that no other of a seed's events moves.
 */
export class SimTalk {
  readonly #time: VirtualTime;
  readonly #bytes: ReturnType<typeof hashedBytes>;
  #open = false;
  /** Counts conversations: the end of an earlier one does not end this one. */
  #turn = 0;
  #closed: (() => void)[] = [];
  #since: number | null = null;

  constructor(name: string, time: VirtualTime) {
    this.#time = time;
    this.#bytes = hashedBytes(`talk ${name}`);
  }

  /** How long the phone's core has waited for the conversation to end, in ms; null when it has not. */
  get waited(): number | null {
    return this.#since === null ? null : this.#time.now - this.#since;
  }

  /** The port of one start of the app. */
  start(): Talks {
    this.drop();
    return {
      isOpen: () => Promise.resolve(this.#open),
      whenClosed: (run) => {
        this.#since = this.#time.now;
        this.#closed.push(run);
        return () => {
          this.#closed = this.#closed.filter((one) => one !== run);
        };
      },
    };
  }

  /** True when something is typed at a door and not saved yet. */
  begin(): boolean {
    const [chance = 0, length = 0] = this.#bytes(2);
    if (chance >= 128) return false;
    this.#open = true;
    this.#turn += 1;
    const turn = this.#turn;
    this.#endIn(length < 64 ? 30 * MINUTE : length * 500, turn);
    return true;
  }

  /** The walk is over, and what is being said is soon said: the phones have yet to look again. */
  calm(): void {
    this.#endIn(SOON, this.#turn);
  }

  #endIn(ms: number, turn: number): void {
    this.#time.after(ms, () => {
      if (turn === this.#turn) this.end();
    });
  }

  /** It was saved, or the door was left. */
  end(): void {
    const told = this.#closed;
    this.drop();
    for (const run of told) run();
  }

  /** The app is gone, and nobody is there to be told. */
  drop(): void {
    this.#open = false;
    this.#since = null;
    this.#closed = [];
  }
}
