import type { RollMapping } from '#shared/model/roll.ts';
import type { SavedMapping } from '#shared/model/saved-mapping.ts';
import { isBlankRow } from '#shared/roll/inspect-text.ts';
import { fingerprintOf, saveColumns } from '#shared/roll/saved-mapping.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import * as store from '../store/saved-mappings.ts';
import { readHeader } from './read-header.ts';
import { readRows } from './read-rows.ts';
import type { Upload } from './upload.ts';

/** Keeps how a file was read for the next of its kind; known layouts need no such memory. */
export async function keepMapping(
  db: ChapterDb,
  upload: Upload,
  mapping: RollMapping,
  now: number,
): Promise<void> {
  if (mapping.layout !== null) return;
  const names = readHeader(upload.path, mapping).map((name) => name.slice(0, 400));
  const all = names.length > 0 ? names : namelessOf(upload.path, mapping);
  const columns = saveColumns(all, mapping.columns);
  const saved = { fingerprint: fingerprintOf(all), name: upload.fileName, columns };
  await store.keepMapping(db, saved, now);
}

/** A name without letters for each column of a file that names none. */
function namelessOf(path: string, mapping: RollMapping): string[] {
  for (const { rows } of readRows(path, mapping)) {
    const first = rows.find((cells) => !isBlankRow(cells));
    if (first !== undefined) return first.map(() => '');
  }
  return [];
}

/** The mappings that this chapter has kept, newest first. */
export function listMappings(db: Pick<ChapterDb, 'read'>): Promise<SavedMapping[]> {
  return store.listMappings(db);
}
