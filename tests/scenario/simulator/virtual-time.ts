interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  off: boolean;
}

/** Lets everything that does not wait for time finish: microtasks of phones, server and SQLite. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still while anything happens, and jumps to the next thing that is due. */
export class VirtualTime {
  now = 0;
  /** How many things have happened. */
  events = 0;
  readonly #due: Event[] = [];
  #order = 0;

  /** Calls back once after so many milliseconds; the function given back calls it off. */
  after(ms: number, run: () => void): () => void {
    const event = { at: this.now + Math.max(0, ms), order: this.#order++, run, off: false };
    let i = this.#due.length;
    while (i > 0 && (this.#due[i - 1]?.at ?? 0) > event.at) i -= 1;
    this.#due.splice(i, 0, event);
    return () => {
      event.off = true;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Lives through everything that is due within so many milliseconds. */
  async advance(ms: number): Promise<void> {
    const until = this.now + ms;
    await settle();
    for (;;) {
      const next = this.#due[0];
      if (next === undefined || next.at > until) break;
      this.#due.shift();
      if (next.off) continue;
      this.now = next.at;
      this.events += 1;
      next.run();
      await settle();
    }
    this.now = until;
  }
}
