/** Texts of which there are few, each by a number of its own. */
export class TextCodes {
  readonly #texts: string[] = [];
  readonly #codes = new Map<string, number>();

  code(text: string): number {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#texts.push(text) - 1;
      this.#codes.set(text, code);
    }
    return code;
  }

  text(code: number): string {
    return this.#texts[code] ?? '';
  }
}
