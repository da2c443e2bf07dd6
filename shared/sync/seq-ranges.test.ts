import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SeqRange } from './protocol.ts';
import { addRange, countRanges, dropFromRanges } from './seq-ranges.ts';

test('ranges hold exactly the numbers that were added, in any order, as few as can be', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (seqs) => {
      const ranges = seqs.reduce<readonly SeqRange[]>(addRange, []);
      const held = ranges.flatMap(([from, to]) =>
        Array.from({ length: to - from + 1 }, (_, i) => from + i),
      );
      expect(held).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      expect(countRanges(ranges)).toBe(held.length);
      for (const [i, [from]] of ranges.entries()) {
        const before = ranges[i - 1];
        if (before !== undefined) expect(from).toBeGreaterThan(before[1] + 1);
      }
    }),
  );
});

test('a number that is taken out is the only one gone, and comes back as if it had never left', () => {
  const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
  fc.assert(
    fc.property(seqs, fc.integer({ min: 1, max: 20 }), (all, one) => {
      const ranges = all.reduce<readonly SeqRange[]>(addRange, []);
      const without = dropFromRanges(ranges, one);
      const left = all.filter((seq) => seq !== one).reduce<readonly SeqRange[]>(addRange, []);
      expect(without).toEqual(left);
      if (all.includes(one)) expect(addRange(without, one)).toEqual(ranges);
    }),
  );
});
