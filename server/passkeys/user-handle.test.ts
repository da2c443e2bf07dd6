import { expect, test } from 'vitest';
import type { ChapterId, MemberId } from '#shared/kernel/ids.ts';
import { readUserHandle, writeUserHandle } from './user-handle.ts';

const owner = {
  chapterId: '0190a0a0-1111-7000-8000-00000000beef' as ChapterId,
  memberId: '0190a0a0-2222-7000-8000-00000000dead' as MemberId,
};

test('a handle says whose passkey it is, in 32 bytes', () => {
  const handle = writeUserHandle(owner);
  expect(handle).toHaveLength(32);
  expect(readUserHandle(Buffer.from(handle).toString('base64url'))).toEqual(owner);
});

test('what is no handle names nobody', () => {
  const long = Buffer.alloc(33).toString('base64url');
  const zeros = Buffer.alloc(32).toString('base64url');
  for (const text of [undefined, '', 'AAAA', long, zeros]) expect(readUserHandle(text)).toBe(null);
});
