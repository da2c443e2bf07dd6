import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { seededDice } from '#shared/kernel/random.ts';
import { readFrame, writeFrames } from '#shared/sync/handed-frames.ts';
import { readPicture } from './qr-reader.ts';

const [WIDTH, HEIGHT] = [1000, 750];

interface View {
  /** In radians, how the phone is turned. */
  readonly turn: number;
  /** Pixels of a module. */
  readonly module: number;
  /** How much of the grey is chance. */
  readonly grain: number;
}

/** What a camera sees of a code: turned, off the middle, in greys, with grain. */
function look(text: string, { turn, module, grain }: View) {
  const { data: cells, size } = encode(text, { ecc: 'L', border: 4 });
  const dice = seededDice(7);
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [dx, dy] = [x - WIDTH / 2 - 20, y - HEIGHT / 2 + 10];
      const column = Math.floor((dx * cos + dy * sin) / module + size / 2);
      const row = Math.floor((dy * cos - dx * sin) / module + size / 2);
      const isDark = cells[row]?.[column] ?? false;
      const grey = (isDark ? 50 : 200) + (dice.next() - 0.5) * grain;
      data.set([grey, grey, grey, 255], (y * WIDTH + x) * 4);
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const bytes = Uint8Array.from({ length: 900 }, (_, i) => (i * 151) % 256);
const frames = writeFrames(bytes, Uint8Array.of(1, 2, 3, 4));

test.each([
  { turn: 0, module: 5, grain: 0 },
  { turn: 0.12, module: 6.3, grain: 40 },
  { turn: -0.3, module: 6.7, grain: 40 },
  { turn: Math.PI / 2, module: 4.6, grain: 20 },
])('a code of a turf is read from what a camera sees: %o', (view) => {
  const [first = ''] = frames;
  const texts = readPicture(look(first, view));
  expect(texts).toEqual([first]);
  expect(readFrame(texts[0] ?? '')?.count).toBe(2);
});

test('the code on a table is read', () => {
  const text = 'https://field.example.org/join#AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCde';
  expect(readPicture(look(text, { turn: 0.2, module: 9, grain: 60 }))).toEqual([text]);
});

test('a picture without a code, or of nothing, is no code', () => {
  const none = look('x', { turn: 0, module: 0.001, grain: 80 });
  expect(readPicture(none)).toEqual([]);
  expect(readPicture({ width: 2, height: 2, data: new Uint8ClampedArray(16) })).toEqual([]);
});
