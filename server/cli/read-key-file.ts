import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { readSecretKey } from '../backup/backup-key.ts';
import { CommandError } from './terminal.ts';

/**
 * The secret in a key file, or on standard input for `-`: never on the command line itself, where
 * every other user of the machine reads it. Null when no file is named.
 */
export async function readKeyFile(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  if (path.toUpperCase().startsWith('AGE-SECRET-KEY')) {
    throw new CommandError(
      'Write the secret into a file and name that, or say --key - and paste it: what stands in a command line can be read by others. Nothing was changed.',
    );
  }
  if (path === '-' && process.stdin.isTTY) {
    process.stderr.write('Type the secret key, then Enter and Ctrl-D:\n');
  }
  const said = await (path === '-' ? text(process.stdin) : readFile(path, 'utf8')).catch(
    () => null,
  );
  if (said === null) throw new CommandError(`There is no file ${path}. Nothing was changed.`);
  const secret = readSecretKey(said);
  if (secret !== null) return secret;
  throw new CommandError(
    `${path === '-' ? 'What was typed' : path} holds no secret key: it begins with AGE-SECRET-KEY-1 and has 74 letters. Nothing was changed.`,
  );
}
