import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scopeDigest } from '#shared/sync/scope-digest.ts';

const hashOf = (body: string) => createHash('sha256').update(body).digest();

test('it is the sum of 128-bit numbers, whatever their order and form', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 50 }), (bodies) => {
      const hashes = bodies.map(hashOf);
      const sum = hashes.reduce(
        (all, hash) => (all + BigInt(`0x${hash.subarray(0, 16).toString('hex')}`)) % 2n ** 128n,
        0n,
      );
      const expected = { count: bodies.length, sum: sum.toString(16).padStart(32, '0') };
      expect(scopeDigest(hashes)).toEqual(expected);
      expect(scopeDigest(hashes.toReversed().map((hash) => hash.toString('hex')))).toEqual(
        expected,
      );
    }),
  );
});

test('a missing, doubled or changed fact shows', () => {
  const whole = scopeDigest(['a', 'b', 'c'].map(hashOf));
  for (const bodies of [['a', 'b'], ['a', 'b', 'b', 'c'], ['a', 'b', 'd'], []]) {
    expect(scopeDigest(bodies.map(hashOf))).not.toEqual(whole);
  }
  expect(scopeDigest([])).toEqual({ count: 0, sum: '0'.repeat(32) });
});
