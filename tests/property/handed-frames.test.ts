import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOTHING_SEEN, takeFrame, wholeOf } from '#shared/sync/collect-frames.ts';
import { FRAME_BYTES, readFrame, writeFrames } from '#shared/sync/handed-frames.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 12 * FRAME_BYTES });
const series = fc.uint8Array({ minLength: 4, maxLength: 4 });

test('a series is whole once each frame was seen, in any order, with losses, repeats and other codes', () => {
  fc.assert(
    fc.property(bytes, series, fc.infiniteStream(fc.nat()), (whole, id, draws) => {
      const frames = writeFrames(whole, id);
      const strays = ['https://example.org', 'HG1', 'HG1 A', `${frames[0]}X`, ''];
      const left = new Set(frames);
      let seen = NOTHING_SEEN;
      while (left.size > 0) {
        expect(wholeOf(seen)).toBeNull();
        const text = frames[(draws.next().value ?? 0) % frames.length] ?? '';
        // At times one is lost, and at times a code of something else comes between.
        const luck = (draws.next().value ?? 0) % 4;
        if (luck === 0 && left.size > 1) continue;
        if (luck === 1) seen = takeFrame(seen, strays[(draws.next().value ?? 0) % 5] ?? '');
        const next = [...left][0] ?? '';
        for (const one of [text, next]) {
          seen = takeFrame(seen, one);
          left.delete(one);
        }
      }
      expect(wholeOf(seen)).toEqual(Uint8Array.from(whole));
    }),
    { numRuns: 60 },
  );
});

test('a frame that was misread anywhere is none', () => {
  fc.assert(
    fc.property(bytes, series, fc.nat(), fc.nat(), (whole, id, where, what) => {
      const [text = ''] = writeFrames(whole, id);
      const at = 3 + (where % (text.length - 3));
      const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.charAt(what % 36);
      const changed = text.slice(0, at) + letter + text.slice(at + 1);
      if (changed !== text) expect(readFrame(changed)).toBeNull();
      expect(readFrame(text.slice(0, at))).toBeNull();
    }),
    { numRuns: 100 },
  );
});

test('a stray frame of another series is left aside, and several in a row are what is meant', () => {
  const [one, other] = [7, 9].map((value) =>
    writeFrames(new Uint8Array(3 * FRAME_BYTES).fill(value), Uint8Array.of(0, 0, 0, value)),
  );
  let seen = takeFrame(NOTHING_SEEN, one?.[0] ?? '');
  seen = takeFrame(seen, other?.[0] ?? '');
  seen = takeFrame(seen, one?.[2] ?? '');
  expect([...seen.parts.keys()]).toEqual([0, 2]);
  for (const frame of [...(other ?? []), ...(other ?? [])]) seen = takeFrame(seen, frame);
  expect(wholeOf(seen)?.every((value) => value === 9)).toBe(true);
});
