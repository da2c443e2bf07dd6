import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { LineDecoder } from '#shared/roll/decode-lines.ts';
import { makeLetters } from '#shared/roll/letters.ts';

test('a line cut in two by the end of a block is whole, though its reader fills the block anew', () => {
  const decoder = new LineDecoder(makeLetters(TextDecoder), 'utf-8');
  const block = Buffer.from('one,1\ntwo,2');
  const first = decoder.push(block, false);
  block.write(';3\nfour,4\n,');
  const texts = [...first, ...decoder.push(block, true)].map(({ text }) => text);
  expect(texts.join('')).toBe('one,1\ntwo,2;3\nfour,4\n,');
});
