import { isIPv6 } from 'node:net';

const GROUPS = 8;
const NETWORK = 4;

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/**
 * Whom to count tries for: the address, or its first 64 bits where it is an IPv6 one, since whoever
 * has one of those has a whole network of them.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare) || bare.includes('.')) return address;
  const [before = '', after] = bare.split('::');
  const [left, right] = [groupsOf(before), groupsOf(after ?? '')];
  const zeros = after === undefined ? 0 : GROUPS - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups.slice(0, NETWORK).join(':').toLowerCase();
}
