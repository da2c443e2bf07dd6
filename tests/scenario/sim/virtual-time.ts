interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  off: boolean;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that stands still while anything happens, and jumps to the next thing that is due. What
 * takes real turns of the event loop (a request through the whole server) is waited for by `real`.
 */
export class VirtualTime {
  now = 0;
  /** How many things have happened. */
  events = 0;
  readonly #due: Due[] = [];
  #order = 0;
  #busy = 0;

  /** Calls back once after so many milliseconds; the function given back calls it off. */
  after(ms: number, run: () => void): () => void {
    const due = { at: this.now + Math.max(0, ms), order: this.#order++, run, off: false };
    let i = this.#due.length;
    while (i > 0 && (this.#due[i - 1]?.at ?? 0) > due.at) i -= 1;
    this.#due.splice(i, 0, due);
    return () => {
      due.off = true;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Real work during which the clock stands still. */
  async real<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  /** Lives through everything that is due within so many milliseconds. */
  async advance(ms: number): Promise<void> {
    const until = this.now + ms;
    await this.#settle();
    for (;;) {
      const next = this.#due[0];
      if (next === undefined || next.at > until) break;
      this.#due.shift();
      if (next.off) continue;
      this.now = next.at;
      this.events += 1;
      next.run();
      await this.#settle();
    }
    this.now = until;
  }

  /** Until some condition holds, looked at every `step` ms, for at most `ms`. */
  async advanceUntil(isDone: () => boolean, ms: number, step = 500): Promise<boolean> {
    for (let waited = 0; waited < ms; waited += step) {
      if (isDone()) return true;
      await this.advance(step);
    }
    return isDone();
  }

  /** Lets everything that does not wait for time finish. */
  async #settle(): Promise<void> {
    do await turn();
    while (this.#busy > 0);
  }
}
