/**
 * Leaves out marks that would lie on a mark of the same look: with 200,000 doors on a screen most
 * of them do, and drawing each costs seconds on a phone.
 */
export class Thinner {
  private readonly cell: number;
  private readonly columns: number;
  private readonly cells: Uint32Array | null;

  /** For a canvas of this size and marks of this radius, in CSS pixels. */
  constructor(width: number, height: number, radius: number) {
    this.cell = Math.max(1, radius * 0.55);
    this.columns = Math.ceil(width / this.cell) + 1;
    // From close up marks are few, and each that is there should be seen.
    this.cells =
      radius < 3 ? new Uint32Array(this.columns * (Math.ceil(height / this.cell) + 1)) : null;
  }

  /** True when a mark of this look (a number above 0) was in the same spot before. */
  hides(x: number, y: number, look: number): boolean {
    if (this.cells === null || x < 0 || y < 0) return false;
    const at = Math.floor(y / this.cell) * this.columns + Math.floor(x / this.cell);
    if (at >= this.cells.length) return false;
    if (this.cells[at] === look) return true;
    this.cells[at] = look;
    return false;
  }
}
