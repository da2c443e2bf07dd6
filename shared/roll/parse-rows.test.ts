import { expect, test } from 'vitest';
import { RowParser, type RowShape } from './parse-rows.ts';

const CSV: RowShape = { delimiter: ',', quoted: true };

/** The rows of a text that comes in parts of `size` letters. */
function parse(text: string, shape = CSV, size = text.length || 1) {
  const parser = new RowParser(shape);
  const found: [number, string[], string | null][] = [];
  for (let at = 0; at <= text.length; at += size) {
    const last = at + size > text.length;
    const { rows, lines, damaged } = parser.push(text.slice(at, at + size), last);
    for (const [i, row] of rows.entries()) {
      found.push([lines[i] ?? 0, row, damaged.get(i) ?? null]);
    }
  }
  return found;
}

const ODD = [
  'id,name,note',
  '1,"Doe, Jo","says ""hi"""',
  '2,Jo "Bud" Roe,',
  '3,"two\r\nlines\rthree",x',
  '4,"left open,x',
  '5,Lee,y',
  '6,"Ann" ,z',
  '',
  '7,"closed","here"',
].join('\n');

test('quoted cells, marks inside of words, cells over lines and a mark left open', () => {
  expect(parse(ODD)).toEqual([
    [1, ['id', 'name', 'note'], null],
    [2, ['1', 'Doe, Jo', 'says "hi"'], null],
    [3, ['2', 'Jo "Bud" Roe', ''], null],
    [4, ['3', 'two\nlines\rthree', 'x'], null],
    [7, ['4', '"left open', 'x'], 'open-quote'],
    [8, ['5', 'Lee', 'y'], null],
    [9, ['6', 'Ann', 'z'], null],
    [10, [''], null],
    [11, ['7', 'closed', 'here'], null],
  ]);
});

test('however a text is cut into parts, its rows are the same', () => {
  const whole = parse(ODD);
  for (let size = 1; size < ODD.length; size++) expect(parse(ODD, CSV, size)).toEqual(whole);
});

test('line ends of every kind, together in one file', () => {
  const rows = parse('a,b\r\n1,2\r3,4\n\r\n5,6');
  expect(rows.map(([line, row]) => [line, row.join()])).toEqual([
    [1, 'a,b'],
    [2, '1,2'],
    [3, '3,4'],
    [4, ''],
    [5, '5,6'],
  ]);
});

test('a mark that is never closed costs its own row alone, on the last line too', () => {
  const open = (text: string): unknown => parse(text).map(([line, , damage]) => [line, damage]);
  expect(open('a,b\n"1,2\n3,4\n5,6\n')).toEqual([
    [1, null],
    [2, 'open-quote'],
    [3, null],
    [4, null],
  ]);
  expect(open('a,b\n1,2\n3,"4')).toEqual([
    [1, null],
    [2, null],
    [3, 'open-quote'],
  ]);
  // It would close at the next one's opening, and have the right number of cells.
  expect(open('a,b\n1,"x\n2,"y"\n3,"z"\n')).toEqual([
    [1, null],
    [2, 'open-quote'],
    [3, null],
    [4, null],
  ]);
});

test('a cell of ten megabytes, in marks or not, is one damaged row, and the next ones are read', () => {
  const long = 'x'.repeat(10 * 1024 * 1024);
  for (const cell of [long, `"${long}"`]) {
    const rows = parse(`a,b\n1,${cell}\n2,y\n3,"z"\n`, CSV, 256 * 1024);
    expect(rows.map(([line, , damage]) => [line, damage])).toEqual([
      [1, null],
      [2, 'row-too-long'],
      [3, null],
      [4, null],
    ]);
    expect(rows[1]?.[1][1]?.length).toBeLessThan(300);
  }
});

test('a NUL damages its own row, and fixed widths are cut where they say', () => {
  expect(parse('a,b\n1,\0\n2,y\n').map(([, , damage]) => damage)).toEqual([null, 'has-nul', null]);
  expect(parse('ab12\ncd3\n', { delimiter: '', quoted: false, starts: [0, 2, 4] })).toEqual([
    [1, ['ab', '12'], null],
    [2, ['cd', '3'], null],
  ]);
});
