import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test('addresses of one IPv6 network count as one, however they are written', () => {
  const one = networkOf('2001:db8:1:2:a:b:c:d');
  expect(one).toBe('2001:db8:1:2');
  for (const same of ['2001:db8:1:2::1', '2001:DB8:1:2::', '2001:db8:1:2:ffff::9%eth0']) {
    expect([same, networkOf(same)]).toEqual([same, one]);
  }
  expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:5::'));
  expect(networkOf('2001:db8:1:3::1')).not.toBe(one);
});

test('other addresses count as they are', () => {
  for (const address of ['10.0.0.1', '::ffff:10.0.0.1', 'everybody', '']) {
    expect(networkOf(address)).toBe(address);
  }
});
