import { mixText } from '../store/mix-text.ts';

/** More than half full, a table is made twice as large. */
const FULL = 0.5;

/**
 * Which ids of a file have come already: eight bytes an id in a table of numbers, where a set of
 * texts takes a hundred and keeps the rows that they were cut from. Two ids of a million are taken
 * for one with a chance of 1 to 30 million.
 */
export class SeenIds {
  #slots = new Uint32Array(2 ** 13);
  #count = 0;

  /** Notes an id; says true when it had come before. */
  add(id: string): boolean {
    const [a, b] = mixText(id);
    // A slot of two zeros is an empty one.
    const known = this.#put(a, b === 0 ? 1 : b);
    if (!known && ++this.#count > (FULL * this.#slots.length) / 2) this.#grow();
    return known;
  }

  #put(a: number, b: number): boolean {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = a & mask; ; at = (at + 1) & mask) {
      if (slots[2 * at + 1] === 0) {
        slots[2 * at] = a;
        slots[2 * at + 1] = b;
        return false;
      }
      if (slots[2 * at] === a && slots[2 * at + 1] === b) return true;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const b = before[at + 1] ?? 0;
      if (b !== 0) this.#put(before[at] ?? 0, b);
    }
  }
}
