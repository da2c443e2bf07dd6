import { problem, ProblemError, sayProblem } from '#shared/kernel/problem.ts';
import { isDatabaseAway } from '../store/database-away.ts';
import { NotDurableError } from '../store/not-durable.ts';
import { CommandError, EXIT } from './terminal.ts';

/** How a command that failed ends. */
export interface Ending {
  /** What whoever typed it reads: what happened, what was kept, what to do. */
  readonly sentence: string;
  readonly exitCode: number;
}

/** What an error may say of itself, whoever threw it. */
interface Said {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly name?: unknown;
  readonly status?: unknown;
  readonly statusCode?: unknown;
}

const KEPT = 'What was saved before stays.';
const CODES: Readonly<Record<string, string>> = {
  EACCES: 'This may not be read or written by whoever runs the command',
  EPERM: 'This may not be read or written by whoever runs the command',
  EROFS: 'This disk cannot be written to',
  ENOENT: 'Something that is needed is not there',
  EMFILE: 'Too many files are open on this machine',
};

/** The first line alone, without the dot: an error's message may be a page. */
function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim().replace(/\.$/, '');
}

function sentenceOf(error: unknown): string {
  if (error instanceof ProblemError) return sayProblem(error.problem);
  if (error instanceof NotDurableError) return `${error.message}. Nothing was changed.`;
  const said: Said = typeof error === 'object' && error !== null ? error : { message: error };
  const code = typeof said.code === 'string' ? said.code : '';
  const message = firstLine(typeof said.message === 'string' ? said.message : String(error));
  if (code === 'ENOSPC' || /database or disk is full/.test(message)) {
    return `The disk is full. ${KEPT} Make room and start again.`;
  }
  if (isDatabaseAway(said)) return sayProblem(problem('database-away'));
  const known = CODES[code];
  if (known !== undefined) return `${known}: ${message}. ${KEPT}`;
  const status = said.statusCode ?? said.status;
  if (typeof status === 'number' && status >= 500) {
    return `A server that was asked answered ${status} (${message}). ${KEPT} Try again in a moment.`;
  }
  const name = typeof said.name === 'string' && said.name !== 'Error' ? `${said.name}, ` : '';
  return `This ended in a way that Homeground has no words for (${name}${message}). ${KEPT} Run it again with DEBUG=1 to see where, and tell whoever looks after Homeground.`;
}

/** What to say about an error, and how the process ends. Where it happened is said with `debug` alone. */
export function explainError(error: unknown, debug: boolean): Ending {
  if (error instanceof CommandError) return { sentence: error.message, exitCode: error.exitCode };
  const { code, message = '', stack } = error instanceof Error ? withCode(error) : {};
  // parseArgs says itself which word it does not know.
  if (code?.startsWith('ERR_PARSE_ARGS') === true) {
    return { sentence: message, exitCode: EXIT.misused };
  }
  const sentence = sentenceOf(error);
  const where = debug && stack !== undefined ? `\n${stack}` : '';
  return { sentence: `${sentence}${where}`, exitCode: EXIT.failed };
}

function withCode(error: Error): { code?: string; message?: string; stack?: string } {
  const { code } = error as { code?: unknown };
  const { message, stack } = error;
  return {
    message,
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && { stack }),
  };
}
