import { expect, test } from 'vitest';
import { readLinkCode, tidyCode } from './read-code.ts';

test('a scanned link carries its code behind the hash', () => {
  expect(readLinkCode('#abc_DEF-123')).toBe('abc_DEF-123');
  expect(readLinkCode('')).toBeNull();
  expect(readLinkCode('#')).toBeNull();
});

test('a damaged link is still a code for the server to judge', () => {
  expect(readLinkCode('#%E0%A4%A')).toBe('%E0%A4%A');
});

test('a code typed in small letters, with blanks or without its dash, is the same code', () => {
  for (const typed of ['7k3mq-9tx4b', ' 7K3MQ 9TX4B ', '7k3mq9tx4b', '7K3MQ–9TX4B']) {
    expect(tidyCode(typed)).toBe('7K3MQ-9TX4B');
  }
});

test('a whole link pasted into the field is its code, capitals as they are', () => {
  expect(tidyCode('https://field.example/join#aB3_x')).toBe('aB3_x');
});
