import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { harmlessRow } from '#shared/privacy/harmless-cell.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ';', ' ', 'a', '1'),
  }),
  fc.constantFrom("=cmd|' /C calc'!A0", '@SUM(1+1)', '-2+3', '+1 617 555 0100', '\t=1', '\r=1'),
);

test('no text of an export can run as a formula, and every cell reads back', () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 8 }), (cells) => {
      const line = harmlessRow(cells);
      const { data } = Papa.parse<string[]>(line, { delimiter: ',', newline: '\r\n' });
      const read = data[0] ?? [];
      expect(read).toHaveLength(cells.length);
      read.forEach((cell, index) => {
        expect(/^[=+\-@\t\r]/.test(cell)).toBe(false);
        expect([cells[index], `'${cells[index]}`]).toContain(cell);
      });
    }),
    { numRuns: 2000 },
  );
});

test('a NUL from a phone neither ends the file nor hides a formula', () => {
  expect(harmlessRow(['\0=1+1', 'a\0b'])).toBe('\uFFFD=1+1,a\uFFFDb\r\n');
});
