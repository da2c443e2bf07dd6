import { readFileSync } from 'node:fs';
import { ROLL_FIELDS, type RollField } from '#shared/model/roll.ts';
import type { SavedColumn } from '#shared/model/saved-mapping.ts';
import { readMappingFile } from '#shared/roll/mapping-file.ts';
import { CommandError } from './terminal.ts';

const isField = (name: string): name is RollField => ROLL_FIELDS.some((field) => field === name);

/** What the columns of a file mean, out of a file that says so; a CommandError for any other file. */
export function readMapping(path: string): SavedColumn[] {
  const columns = readMappingFile(readText(path), isField);
  if (columns !== null && columns.length > 0) return columns;
  throw new CommandError(
    `${path} says of no column what it means. Save one at the desk, or take the report of "roll inspect --json". Nothing was changed.`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`There is no file ${path} that can be read. Nothing was changed.`);
  }
}
