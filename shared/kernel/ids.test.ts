import { expect, test } from 'vitest';
import { formatUuid, isUuid, makeId, parseUuid, uuidOfDigits } from './ids.ts';
import { seededBytes, seededDice } from './random.ts';

test('an id is the same whether a database gives its bytes or its digits', () => {
  const random = seededBytes(seededDice(7));
  for (let i = 0; i < 100; i++) {
    const id = makeId(1e12 + i, random);
    const bytes = parseUuid(id);
    expect(isUuid(id)).toBe(true);
    expect(formatUuid(bytes)).toBe(id);
    expect(uuidOfDigits(Buffer.from(bytes).toString('hex'))).toBe(id);
  }
});
