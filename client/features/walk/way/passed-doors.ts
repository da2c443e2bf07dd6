/** For how many doors one that was passed over is not named again. */
const REST = 5;

/**
 * Doors that were named as the next one while another was done instead: a dog, a gate, nobody to be
 * seen. They stay to do and rest for five doors; after that the way leads by them again.
 */
export class Passed {
  readonly #since = new Map<string, number>();
  #here: string | null = null;
  #named: string | null = null;
  #served = 0;

  /** A door was done, or opened: the one that was named instead is passed over. */
  moveTo(door: string): void {
    if (door === this.#here) return;
    const first = this.#here === null;
    this.#here = door;
    this.#served += 1;
    this.#since.delete(door);
    if (!first && this.#named !== null && this.#named !== door) {
      this.#since.set(this.#named, this.#served);
    }
    this.#named = null;
  }

  /** What is named as the next door now; null: nothing is left. */
  suggest(door: string | null): void {
    this.#named = door;
  }

  /** Doors that rest now. */
  resting(): ReadonlySet<string> {
    return this.#restingWith(this.#since, this.#served);
  }

  /** Doors that will rest once one has moved to this door. */
  restingAt(door: string): ReadonlySet<string> {
    if (door === this.#here) return this.resting();
    const since = new Map(this.#since);
    since.delete(door);
    if (this.#here !== null && this.#named !== null && this.#named !== door) {
      since.set(this.#named, this.#served + 1);
    }
    return this.#restingWith(since, this.#served + 1);
  }

  forget(): void {
    this.#since.clear();
    [this.#here, this.#named, this.#served] = [null, null, 0];
  }

  #restingWith(since: ReadonlyMap<string, number>, served: number): ReadonlySet<string> {
    return new Set([...since].flatMap(([door, at]) => (served - at < REST ? [door] : [])));
  }
}
