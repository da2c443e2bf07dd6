import type { Dice } from '#shared/kernel/random.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A promise of a life that has ended: nobody is there to hear. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

/**
 * One run of the app on a phone, from its start to its crash or the end. Every step over the edge
 * of the storage passes a gate, before and after; a crash ends the life at the gate that it drew.
 */
export class Life {
  dead = false;
  #gatesLeft: number;
  readonly #time: VirtualTime;
  readonly #dice: Dice;
  readonly #faults: Faults;
  readonly #onCrash: () => void;

  constructor(
    time: VirtualTime,
    dice: Dice,
    faults: Faults,
    crashAfter: number,
    onCrash: () => void,
  ) {
    this.#time = time;
    this.#dice = dice;
    this.#faults = faults;
    this.#gatesLeft = crashAfter;
    this.#onCrash = onCrash;
  }

  end(): void {
    this.dead = true;
  }

  /** No more crashes and no more failing storage: the walk is over. */
  calm(): void {
    this.#gatesLeft = Infinity;
  }

  /** One transaction: crash before it, fail, or crash after it; never in its middle. */
  async transact<T>(work: () => T): Promise<T> {
    await this.#gate('crash-before-write');
    if (this.#faults.fires('storage-fails')) throw new DOMException('Simulated', 'UnknownError');
    const done = work();
    await this.#gate('crash-after-write');
    return done;
  }

  async #gate(crash: 'crash-before-write' | 'crash-after-write'): Promise<void> {
    if (this.dead) return never();
    if (this.#dice.chance(0.2)) await this.#time.sleep(this.#dice.whole(1, 8));
    if (this.dead) return never();
    this.#gatesLeft -= 1;
    if (this.#gatesLeft > 0) return undefined;
    this.#faults.count(crash);
    this.dead = true;
    this.#onCrash();
    return never();
  }
}
