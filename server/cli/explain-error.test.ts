import { expect, test } from 'vitest';
import { problem, ProblemError, sayProblem, statusOf } from '#shared/kernel/problem.ts';
import { NotDurableError } from '../store/not-durable.ts';
import { explainError } from './explain-error.ts';
import { CommandError } from './terminal.ts';

const say = (error: unknown, debug = false) => explainError(error, debug);

test('a command that failed ends with one sentence and 1, never with a trace', () => {
  const errors = [
    Object.assign(new Error('Bad Gateway\n<html>…'), { statusCode: 502 }),
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' }),
    Object.assign(new Error('write'), { code: 'ENOSPC' }),
    new ProblemError(problem('not-found')),
    new ProblemError({ code: 'from-the-future' as never, facts: {} }),
    new NotDurableError('The PostgreSQL server', 'synchronous_commit = off', 'on'),
    new TypeError('undefined is not a function'),
    'thrown as text',
    null,
    undefined,
  ];
  for (const error of errors) {
    const { sentence, exitCode } = say(error);
    expect(exitCode).toBe(1);
    expect(sentence).not.toMatch(/\n|^\s+at |<html>/);
    expect(sentence).toMatch(/[.!]$/);
  }
  expect(say(errors[0]).sentence).toContain('answered 502');
  expect(say(errors[1]).sentence).toBe(sayProblem(problem('database-away')));
  expect(say(errors[7]).sentence).toContain('TypeError, undefined is not a function');
});

test('with DEBUG it says where as well', () => {
  const error = new TypeError('undefined is not a function');
  expect(say(error, true).sentence).toContain(error.stack);
});

test('what the command itself has said is said as it is', () => {
  expect(say(new CommandError('There is no file x.'))).toEqual({
    sentence: 'There is no file x.',
    exitCode: 1,
  });
  const unknown = Object.assign(new Error("Unknown option '--x'"), {
    code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION',
  });
  expect(say(unknown)).toEqual({ sentence: "Unknown option '--x'", exitCode: 2 });
});

test('a problem that only a newer version knows has a sentence and a status all the same', () => {
  const future = { code: 'from-the-future' as never, facts: {} };
  expect(sayProblem(future)).toContain('from-the-future');
  expect(sayProblem(future, 'es')).toContain('from-the-future');
  expect(statusOf(future)).toBe(500);
});
