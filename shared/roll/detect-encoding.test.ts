import { expect, test } from 'vitest';
import { detectDelimiter, detectQuotes } from './detect-delimiter.ts';
import { detectEncoding } from './detect-encoding.ts';

const text = 'id,name\n1,Peña\n2,Müller\n';
const utf8 = new TextEncoder().encode(text);
const latin1 = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const wide = (swap: boolean): Uint8Array =>
  Uint8Array.from(
    Array.from(text).flatMap((c) => (swap ? [0, c.charCodeAt(0)] : [c.charCodeAt(0), 0])),
  );

test('each way of spelling letters is told apart by its bytes', () => {
  const detect = (bytes: Uint8Array): unknown => {
    const found = detectEncoding(bytes, true);
    return found.ok ? found.value : found.problem.code;
  };
  expect(detect(utf8)).toEqual({ encoding: 'utf-8', skip: 0 });
  expect(detect(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]))).toEqual({
    encoding: 'utf-8',
    skip: 3,
  });
  expect(detect(latin1)).toEqual({ encoding: 'windows-1252', skip: 0 });
  expect(detect(wide(false))).toEqual({ encoding: 'utf-16le', skip: 0 });
  expect(detect(wide(true))).toEqual({ encoding: 'utf-16be', skip: 0 });
  expect(detect(Uint8Array.from([0xff, 0xfe, ...wide(false)]))).toEqual({
    encoding: 'utf-16le',
    skip: 2,
  });
});

test('a letter cut off at the end of a sample does not make it Windows-1252', () => {
  const cut = utf8.slice(0, utf8.indexOf(0xc3) + 1);
  const found = detectEncoding(cut, false);
  expect(found.ok && found.value.encoding).toBe('utf-8');
  const whole = detectEncoding(cut, true);
  expect(whole.ok && whole.value.encoding).toBe('windows-1252');
});

test('pictures, workbooks, UTF-32 and nothing at all are refused', () => {
  const code = (bytes: number[]): string => {
    const found = detectEncoding(Uint8Array.from(bytes), true);
    return found.ok ? 'taken' : found.problem.code;
  };
  expect(code([])).toBe('roll-empty');
  expect(code([0x89, 0x50, 0x4e, 0x47, 13, 10])).toBe('roll-not-text');
  expect(code([0x50, 0x4b, 3, 4, 20, 0])).toBe('roll-not-text');
  expect(code(Array.from({ length: 500 }, (_, i) => (i * 7919) % 256))).toBe('roll-not-text');
  const four = (big: boolean): number[] =>
    Array.from(text).flatMap((c) => {
      const low = c.charCodeAt(0);
      return big ? [0, 0, 0, low] : [low, 0, 0, 0];
    });
  expect(code(four(true))).toBe('roll-not-text');
  expect(code([0xff, 0xfe, 0, 0, ...four(false)])).toBe('roll-not-text');
});

test('the sign between cells is found under a title, and quotation marks are told from letters', () => {
  expect(detectDelimiter('Oak County, as of May\n\na;b;c;d\n1;2;3;4\n5;6;7;8\n')).toBe(';');
  expect(detectQuotes('id\tnick\n1\t"Bud Jones\n2\t"Al Roe\n', '\t')).toBe(false);
  expect(detectQuotes('id|name\n1|"Doe, Jo"\n', '|')).toBe(true);
  expect(detectQuotes('id,name\n1,Jo "Bud" Doe\n', ',')).toBe(true);
});

test('the sign between cells is the one that every line has equally often', () => {
  expect(detectDelimiter('a\tb\n1,5\t2\n')).toBe('\t');
  expect(detectDelimiter('a|b|c|\n1|2|3|\n')).toBe('|');
  expect(detectDelimiter('a,b\n"x;y;z",2\n"u;v;w",3\n')).toBe(',');
  expect(detectDelimiter('a;b;c\n1,5;2;3\n')).toBe(';');
  expect(detectDelimiter('only\none\n')).toBe(',');
});
