import { expect, test } from 'vitest';
import { sayProblem } from '#shared/kernel/problem.ts';
import { readAnswer } from './call.ts';

test('a good answer is its value', () => {
  expect(readAnswer<{ a: number }>(200, '{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  expect(readAnswer(204, '').ok).toBe(true);
});

test('a problem keeps its code and facts', () => {
  const answer = readAnswer(
    409,
    '{"problem":{"code":"version-changed","facts":{}},"text":"Somebody changed this"}',
  );
  expect(answer).toEqual({ ok: false, problem: { code: 'version-changed', facts: {} } });
});

test('a problem without facts can still be said', () => {
  const answer = readAnswer(404, '{"problem":{"code":"not-found"}}');
  expect(answer).toEqual({ ok: false, problem: { code: 'not-found', facts: {} } });
});

test('a proxy that answers with its own page is the server at fault', () => {
  const answer = readAnswer(502, '<html>Bad gateway</html>');
  expect(answer).toEqual({ ok: false, problem: { code: 'server-fault', facts: {} } });
});

test('a captive portal that answers 200 with a page is no data', () => {
  const answer = readAnswer(200, '<html>Sign in to the wifi</html>');
  expect(answer).toEqual({ ok: false, problem: { code: 'no-network', facts: {} } });
});

test('a code from a newer server keeps its name, for which there is one sentence', () => {
  const answer = readAnswer(400, '{"problem":{"code":"from-next-year","facts":{}}}');
  expect(answer).toEqual({ ok: false, problem: { code: 'from-next-year', facts: {} } });
  if (!answer.ok) expect(sayProblem(answer.problem)).toContain('from-next-year');
});

test('401 without a body says not signed in', () => {
  expect(readAnswer(401, '')).toMatchObject({ ok: false, problem: { code: 'not-signed-in' } });
});
