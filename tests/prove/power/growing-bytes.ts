/** The bytes of a file that grows and shrinks, cheaply. */
export class GrowingBytes {
  #bytes: Buffer;
  #length: number;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  /** A copy. */
  static of(bytes: Uint8Array): GrowingBytes {
    return new GrowingBytes(Buffer.from(bytes));
  }

  get length(): number {
    return this.#length;
  }

  /** A view, good until the next change. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** What is between the old end and a later write is zeros. */
  write(at: number, bytes: Uint8Array): void {
    if (at + bytes.length > this.#length) this.resize(at + bytes.length);
    this.#bytes.set(bytes, at);
  }

  resize(length: number): void {
    if (length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(length, this.#bytes.length * 2));
      grown.set(this.view());
      this.#bytes = grown;
    }
    this.#bytes.fill(0, Math.min(length, this.#length), Math.max(length, this.#length));
    this.#length = length;
  }
}
