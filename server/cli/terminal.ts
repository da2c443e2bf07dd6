import type { Result } from '#shared/kernel/result.ts';
import { type Problem, sayProblem } from '#shared/kernel/problem.ts';

/** Done, failed for a reason that was said, and asked in a way that we do not understand. */
export const EXIT = { done: 0, failed: 1, misused: 2 } as const;

/** A failure that ends a command with a sentence and its exit code. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(sentence: string, exitCode: number = EXIT.failed) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** The value, or the end of the command with the problem's sentence. */
export function orEnd<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  throw new CommandError(sayProblem(result.problem));
}

/** Where a command says things: results to stdout, everything on the way to stderr. */
export interface Terminal {
  /** A result: once, as text or as JSON. */
  result(text: string, json: unknown): void;
  /** How far something is; on a terminal the line is written over. */
  progress(text: string): void;
  /** Ends a line of progress. */
  step(text: string): void;
}

export function openTerminal(json: boolean): Terminal {
  const rewrites = process.stderr.isTTY;
  let open = false;
  const close = (): void => {
    if (open) process.stderr.write('\r\u001b[K');
    open = false;
  };
  return {
    result(text, value) {
      close();
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
    },
    progress(text) {
      if (!rewrites) return;
      process.stderr.write(`\r\u001b[K${text}`);
      open = true;
    },
    step(text) {
      close();
      process.stderr.write(`${text}\n`);
    },
  };
}
