import { mixText } from './mix-text.ts';

/** Fuller than this, a table is made twice as large. */
const FULL = 0.6;
/** Numbers of a slot: two of the text's, and what it stands for. */
const WIDTH = 3;

/**
 * Whole numbers from 0 by text: some 20 bytes a text, where a map takes a hundred and keeps the rows
 * that the texts were cut from. It knows texts by 64 bits of them: two of a million are taken for one
 * with a chance of 1 to 30 million.
 */
export class TextTable {
  #slots = new Uint32Array(WIDTH * 2 ** 12);
  #count = 0;

  /** What a text stands for; -1 when it is not here. The seed tells equal texts of two owners apart. */
  get(text: string, seed = 0): number {
    const [a, b] = mixText(text, seed);
    return (this.#slots[this.#find(this.#slots, a, b) + 2] ?? 0) - 1;
  }

  set(text: string, value: number, seed = 0): void {
    const [a, b] = mixText(text, seed);
    if (this.#put(this.#slots, a, b, value + 1)) this.#count++;
    if (this.#count * WIDTH > FULL * this.#slots.length) this.#grow();
  }

  /** Where a text is, or the empty slot where it belongs. */
  #find(slots: Uint32Array, a: number, b: number): number {
    const mask = slots.length / WIDTH - 1;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WIDTH;
      if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at;
    }
  }

  /** Says true when the text is new. */
  #put(slots: Uint32Array, a: number, b: number, value: number): boolean {
    const at = this.#find(slots, a, b);
    const isNew = slots[at + 2] === 0;
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = value;
    return isNew;
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(2 * before.length);
    for (let at = 0; at < before.length; at += WIDTH) {
      const value = before[at + 2] ?? 0;
      if (value !== 0) this.#put(slots, before[at] ?? 0, before[at + 1] ?? 0, value);
    }
    this.#slots = slots;
  }
}
