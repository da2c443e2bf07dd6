#!/usr/bin/env node
import packageJson from '../../package.json' with { type: 'json' };
import { CHAPTER_HELP, chapterCommand } from './chapter.ts';
import { DEMO_HELP, demoCommand } from './demo.ts';
import { EXPORT_HELP, exportCommand } from './export.ts';
import { PLACE_HELP, placeCommand } from './place.ts';
import { ROLL_HELP, rollCommand } from './roll.ts';
import { SERVE_HELP, serveCommand } from './serve.ts';
import { CommandError, EXIT } from './terminal.ts';

const HELP = [
  'homeground COMMAND … --help    what a command takes',
  SERVE_HELP,
  CHAPTER_HELP,
  PLACE_HELP,
  ROLL_HELP,
  DEMO_HELP,
  EXPORT_HELP,
].join('\n\n');

async function run([command = '', ...words]: readonly string[]): Promise<void> {
  switch (command) {
    case 'serve':
      return serveCommand(words);
    case 'chapter':
      return chapterCommand(words);
    case 'demo':
      return demoCommand(words);
    case 'place':
      return placeCommand(words);
    case 'roll':
      return rollCommand(words);
    case 'export':
      return exportCommand(words);
    case '--version':
      return void process.stdout.write(`${packageJson.version}\n`);
    case 'help':
    case '--help':
    case '-h':
      return void process.stdout.write(`${HELP}\n`);
    default:
      throw new CommandError(HELP, EXIT.misused);
  }
}

/** What to say about an error, and how the process ends. */
function explain(error: unknown): { sentence: string; exitCode: number } {
  if (error instanceof CommandError) return { sentence: error.message, exitCode: error.exitCode };
  const { code = '', message = '', stack = '' } = error as Partial<Error & { code: string }>;
  // parseArgs says itself which word it does not know.
  if (code.startsWith('ERR_PARSE_ARGS')) return { sentence: message, exitCode: EXIT.misused };
  if (code === 'ENOSPC' || /database or disk is full/.test(message)) {
    return {
      sentence: 'The disk is full. What was saved before stays. Make room and start again.',
      exitCode: EXIT.failed,
    };
  }
  return { sentence: stack || String(error), exitCode: EXIT.failed };
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const { sentence, exitCode } = explain(error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}
