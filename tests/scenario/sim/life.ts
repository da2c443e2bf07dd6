import { Dexie } from 'dexie';
import type { Dice } from '#shared/kernel/random.ts';
import { onOpenDatabase } from '../../../client/store/on-open-database.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A promise of a life that has ended: nobody is there to hear. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** Where a phone's app touches the world: a transaction of its storage, or a request. */
export interface Gate {
  /** The method of the port, such as `outbox.append` or `POST /v1/push`. */
  readonly name: string;
  readonly moment: 'before' | 'after';
}

/** True when the app's life ends at this gate. */
export type CrashPlan = (gate: Gate) => boolean;

export interface LifeSettings {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly crash: CrashPlan;
  readonly onCrash: (gate: Gate) => void;
}

/** WebKit closes databases that it likes to; the store opens them again. */
const REOPENED = { close: () => {}, open: () => Promise.resolve() } as unknown as Dexie;

/**
 * One run of the app on a phone, from its start to its crash or the end. Every step over the edge
 * of storage and network passes a gate, before and after; a crash ends the life at one of them.
 */
export class Life {
  dead = false;
  #calm = false;
  readonly #is: LifeSettings;

  constructor(settings: LifeSettings) {
    this.#is = settings;
  }

  end(): void {
    this.dead = true;
  }

  /** No more crashes and no more failing storage: the walk is over. */
  calm(): void {
    this.#calm = true;
  }

  /** One transaction: crash before it, fail, or crash after it; never in its middle. */
  async transact<T>(name: string, work: () => T): Promise<T> {
    await this.#pass(name, 'before');
    if (!this.#calm && this.#is.faults.fires('storage-fails')) {
      throw new DOMException('Simulated', 'UnknownError');
    }
    const done = await onOpenDatabase(REOPENED, async () => this.#run(name, work));
    await this.#pass(name, 'after');
    return done;
  }

  /** One request; a life that ends while it is under way hears no answer. */
  async ask<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.#pass(name, 'before');
    const reply = await work();
    await this.#pass(name, 'after');
    return reply;
  }

  #run<T>(name: string, work: () => T): T {
    const { dice, faults } = this.#is;
    if (this.#calm) return work();
    if (/append|put/.test(name) && faults.fires('quota-exceeded')) {
      throw new DOMException('Simulated', Dexie.errnames.QuotaExceeded);
    }
    if (faults.fires('connection-dropped')) {
      // The browser may have written it, and lost only the word.
      if (dice.chance(0.5)) work();
      throw new DOMException('Simulated', 'UnknownError');
    }
    return work();
  }

  async #pass(name: string, moment: Gate['moment']): Promise<void> {
    const { dice, time, crash, onCrash } = this.#is;
    if (this.dead) return never();
    if (!this.#calm && dice.chance(0.15)) await time.sleep(dice.whole(1, 8));
    if (this.dead) return never();
    const gate = { name, moment };
    if (this.#calm || !crash(gate)) return undefined;
    this.dead = true;
    onCrash(gate);
    return never();
  }
}
