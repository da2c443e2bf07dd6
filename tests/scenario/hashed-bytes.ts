import { hash } from 'node:crypto';
import type { RandomBytes } from '#shared/kernel/random.ts';

/**
 * Repeatable bytes that never meet those of another name. Seeded dice have 32 bits of state, so two
 * of the ids of a long simulation would sooner or later be the same.
 */
export function hashedBytes(name: string): RandomBytes {
  let drawn = 0;
  return (count) => {
    drawn += 1;
    const digest = hash('sha512', `${name}:${drawn}`, 'buffer');
    if (count > digest.length) throw new RangeError('at most 64 bytes at a time');
    return new Uint8Array(digest.subarray(0, count));
  };
}
