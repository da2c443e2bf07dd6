import { expect, test } from 'vitest';
import { buttonClass } from './button.tsx';

test('a link can look like a button', () => {
  expect(buttonClass({ variant: 'primary', wide: true })).toBe('button button-primary button-wide');
});
