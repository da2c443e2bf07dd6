/** What each round gave, by name. */
export class Rounds {
  readonly #values = new Map<string, number[]>();

  add(name: string, value: number): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  of(name: string): readonly number[] {
    return this.#values.get(name) ?? [];
  }
}
