import { expect, test } from 'vitest';
import { isEmailShape } from './email-shape.ts';

test('what was cut off at the stall is no address', () => {
  for (const typed of ['lupe@', '@example.org', 'lupe', 'lupe@example', 'lupe@example.', '']) {
    expect(isEmailShape(typed)).toBe(false);
  }
  for (const typed of ['lu pe@example.org', 'lupe@@example.org', 'a@b.org c@d.org', 'lupe@.org']) {
    expect(isEmailShape(typed)).toBe(false);
  }
});

test('an odd address is one all the same', () => {
  for (const typed of [' lupe@example.org ', "o'hara+rent@mail.co.uk", 'ñandú@correo.españa']) {
    expect(isEmailShape(typed)).toBe(true);
  }
});
