#!/usr/bin/env node
import packageJson from '../../package.json' with { type: 'json' };
import { ADDRESS_HELP, addressCommand } from './address.ts';
import { AUDIT_HELP, auditCommand } from './audit.ts';
import { BACKUP_KEYS_HELP, backupCommand } from './backup-keys.ts';
import { CHAPTER_HELP, chapterCommand } from './chapter.ts';
import { DEMO_HELP, demoCommand } from './demo.ts';
import { explainError } from './explain-error.ts';
import { EXPORT_HELP, exportCommand } from './export.ts';
import { MEMBER_HELP, memberCommand } from './member.ts';
import { PERSON_HELP, personCommand } from './person.ts';
import { PLACE_HELP, placeCommand } from './place.ts';
import { ROLL_HELP, rollCommand } from './roll.ts';
import { SERVE_HELP, serveCommand } from './serve.ts';
import { SWEEP_HELP, sweepCommand } from './sweep.ts';
import { CommandError, EXIT } from './terminal.ts';
import { WALK_HELP, walkCommand } from './walk.ts';
import { TURF_HELP, turfCommand } from './turf.ts';

const HELP = [
  'homeground COMMAND … --help    what a command takes',
  SERVE_HELP,
  CHAPTER_HELP,
  BACKUP_KEYS_HELP,
  MEMBER_HELP,
  PLACE_HELP,
  ROLL_HELP,
  ADDRESS_HELP,
  TURF_HELP,
  DEMO_HELP,
  EXPORT_HELP,
  PERSON_HELP,
  SWEEP_HELP,
  AUDIT_HELP,
  WALK_HELP,
].join('\n\n');

async function run([command = '', ...words]: readonly string[]): Promise<void> {
  switch (command) {
    case 'serve':
      return serveCommand(words);
    case 'chapter':
      return chapterCommand(words);
    case 'member':
      return memberCommand(words);
    case 'backup':
      return backupCommand(words);
    case 'demo':
      return demoCommand(words);
    case 'place':
      return placeCommand(words);
    case 'roll':
      return rollCommand(words);
    case 'address':
      return addressCommand(words);
    case 'person':
      return personCommand(words);
    case 'turf':
      return turfCommand(words);
    case 'sweep':
      return sweepCommand(words);
    case 'export':
      return exportCommand(words);
    case 'audit':
      return auditCommand(words);
    case 'walk':
      return walkCommand(words);
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

/** DEBUG=1, or any other word but 0. */
const debug = !['', '0', undefined].includes(process.env['DEBUG']);

function end(error: unknown): void {
  const { sentence, exitCode } = explainError(error, debug);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}

const words = process.argv.slice(2);
// What breaks outside of everything that is waited for. A server's own trace is for its log.
if (words[0] !== 'serve') {
  process.once('uncaughtException', (error) => {
    end(error);
    process.exit();
  });
}
try {
  await run(words);
} catch (error) {
  end(error);
}
