import { createHmac } from 'node:crypto';
import type { Keyed } from '#shared/privacy/share-mark.ts';

/** What makes and knows the marks of one share, by the key that the share was given. */
export function keyedBy(mark: string): Keyed {
  const key = Buffer.from(mark, 'hex');
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
