import { expect, test } from 'vitest';
import { sayAddresses } from './address.ts';
import { readLines } from './read-lines.ts';

async function* piped(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function say(bytes: Buffer, size: number): Promise<string[]> {
  let text = '';
  for await (const block of sayAddresses(readLines(piped(bytes, size)), true)) text += block;
  return text.split('\n').slice(0, -1);
}

const LINES = Buffer.concat([
  Buffer.from('12 Peña St Apt 4\r\n\r\n'),
  Buffer.from('12 Pe\xf1a St #4\n\0\xff\xfe\n', 'latin1'),
  Buffer.from(`9 ${'Elm '.repeat(5_000)}\nPO Box 7`),
]);

test.each([3, 4096])('any bytes give an object a line, in pieces of %d', async (size) => {
  const lines = await say(LINES, size);
  const empty = {
    number: '',
    suffix: '',
    predir: '',
    street: '',
    type: '',
    postdir: '',
    unit_type: '',
    unit: '',
  };
  const pena = { ...empty, number: '12', street: 'PENA', type: 'ST', unit: '4', kind: 'street' };
  expect(lines).toHaveLength(6);
  expect(lines[0]).toBe(JSON.stringify({ ...pena, unit_type: 'APT' }));
  expect(lines[1]).toBe(JSON.stringify({ ...empty, kind: 'empty' }));
  expect(lines[2]).toBe(JSON.stringify({ ...pena, unit_type: '#' }));
  expect(lines[5]).toBe(JSON.stringify({ ...empty, street: 'PO BOX 7', kind: 'po-box' }));
});

test('a file of two bytes a letter is read as one', async () => {
  const bytes = Buffer.from('\ufeff12 Elm St\r\n', 'utf16le');
  expect(await say(bytes, 5)).toEqual(await say(Buffer.from('12 Elm St\n'), 5));
});

test('an empty file says nothing, and a short one its line', async () => {
  expect(await say(Buffer.alloc(0), 1)).toEqual([]);
  expect(await say(Buffer.from('9'), 1)).toHaveLength(1);
  expect(await say(Buffer.from('\n'), 1)).toHaveLength(1);
});
