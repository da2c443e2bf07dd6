import type { CanvasView } from './canvas-layer.ts';

/**
 * Hundreds of thousands of small squares as one picture: written into its pixels they cost a tenth of
 * what the same squares cost one by one on a canvas.
 */
export class DotPicture {
  private readonly view: CanvasView;
  private readonly picture: ImageData;
  private readonly pixels: Uint32Array;
  /** The side of a square in pixels of the screen. */
  private readonly side: number;
  private readonly inks = new Map<string, number>();

  /** `side` in CSS pixels. */
  constructor(view: CanvasView, side: number) {
    const { canvas } = view.context;
    this.view = view;
    this.picture = view.context.createImageData(canvas.width, canvas.height);
    this.pixels = new Uint32Array(this.picture.data.buffer);
    this.side = Math.max(1, Math.round(side * view.pixelRatio));
  }

  /** A square around a place in CSS pixels; what lies beside the picture is left out. */
  dot(x: number, y: number, colour: string): void {
    const { width, height } = this.picture;
    const { pixelRatio } = this.view;
    const left = Math.round(x * pixelRatio - this.side / 2);
    const top = Math.round(y * pixelRatio - this.side / 2);
    const right = Math.min(width, left + this.side);
    const bottom = Math.min(height, top + this.side);
    const ink = this.inkOf(colour);
    const { pixels } = this;
    for (let row = Math.max(0, top); row < bottom; row++) {
      for (let column = Math.max(0, left); column < right; column++) {
        pixels[row * width + column] = ink;
      }
    }
  }

  /** Puts the picture on the canvas, in place of what was there. */
  show(): void {
    this.view.context.putImageData(this.picture, 0, 0);
  }

  /** A colour as the four bytes of a pixel, in the order that this machine keeps them. */
  private inkOf(colour: string): number {
    const known = this.inks.get(colour);
    if (known !== undefined) return known;
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (context === null) return 0;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const ink = new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
    this.inks.set(colour, ink);
    return ink;
  }
}
