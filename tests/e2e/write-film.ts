import { writeFileSync } from 'node:fs';

const WIDTH = 640;
const HEIGHT = 480;
/** What a camera makes of black and of white on a screen at night. */
const [DARK, LIGHT] = [40, 215];

/** The dark modules of a QR code as a set of `x,y`, and how many a side has, its quiet border in it. */
export interface Modules {
  readonly size: number;
  readonly dark: ReadonlySet<string>;
}

/**
 * Writes a film for Chromium's fake camera (YUV4MPEG2, 640 × 480): each code stands for a fifth of a
 * second, a little smaller than the picture, with the grain of a cheap camera.
 */
export function writeFilm(path: string, codes: readonly Modules[]): void {
  const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\n`)];
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  for (const { size, dark } of codes) {
    const side = (HEIGHT * 0.93) / size;
    const [left, top] = [(WIDTH - side * size) / 2, (HEIGHT - side * size) / 2];
    const light = Buffer.alloc(WIDTH * HEIGHT);
    let grain = 1;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const at = `${Math.floor((x - left) / side)},${Math.floor((y - top) / side)}`;
        grain = (grain * 1_103_515_245 + 12_345) % 2_147_483_648;
        light[y * WIDTH + x] = (dark.has(at) ? DARK : LIGHT) + (grain % 25);
      }
    }
    parts.push(Buffer.from('FRAME\n'), light, grey);
  }
  writeFileSync(path, Buffer.concat(parts));
}
