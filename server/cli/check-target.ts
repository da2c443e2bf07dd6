import { stat } from 'node:fs/promises';
import { CommandError } from './terminal.ts';

/** A file is put in the place of its name: a folder, or a device such as /dev/null, must stay. */
export async function checkTarget(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there === null || there.isFile()) return;
  throw new CommandError(`${path} is no ordinary file. Nothing was written. Name another file.`);
}
