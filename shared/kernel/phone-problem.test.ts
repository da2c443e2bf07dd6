import { expect, test } from 'vitest';
import { problem } from './make-problem.ts';
import { sayPhoneProblem } from './phone-problem.ts';

test('a proxy that refuses a body without a word says of no limit', () => {
  expect(sayPhoneProblem(problem('body-too-large', { limit: '1024 KiB' }), 'en')).toContain(
    'takes (1024 KiB).',
  );
  expect(sayPhoneProblem(problem('body-too-large'), 'en')).toContain('this server takes. Nothing');
});
