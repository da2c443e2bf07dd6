import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from './base64url.ts';

test('it writes and reads what Node does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect([...(fromBase64url(text) ?? [])]).toEqual([...bytes]);
    }),
  );
});

test('anything else is refused', () => {
  for (const text of ['A', 'AAAAA', 'AA=', 'A A', 'AAA+', 'AAA/', 'é']) {
    expect(fromBase64url(text)).toBeNull();
  }
});
