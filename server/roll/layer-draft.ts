import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerPreview, StartLayer } from '#shared/model/layer.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** A file whose people have been looked for, and what was found: nothing of it is kept yet. */
export interface MatchedLayer {
  readonly wish: StartLayer;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The columns that were read, in the order of the cells of rows that were left out. */
  readonly header: readonly string[];
  /** How many people were erased by then: one more, and the file is matched anew. */
  readonly erasures: number;
  readonly preview: LayerPreview;
}

/** Longer than a day nobody looks at a preview. */
const KEPT_FOR = 24 * 3_600_000;

/** Where a chapter's drafts lie, next to its database. */
export function draftsDir(db: Pick<ChapterDb, 'folder' | 'id'>): string {
  return join(db.folder, `${db.id}.layers`);
}

/** The files of one draft: what was found, the values, and the people while it is looked. */
export function draftPaths(db: Pick<ChapterDb, 'folder' | 'id'>, id: string) {
  const base = join(draftsDir(db), id);
  return { summary: `${base}.json`, values: `${base}.values`, people: `${base}.people` };
}

export type DraftPaths = ReturnType<typeof draftPaths>;

/** Takes a draft away, its databases with what belongs to them. */
export async function dropDraft(db: Pick<ChapterDb, 'folder' | 'id'>, id: string): Promise<void> {
  const { summary, values, people } = draftPaths(db, id);
  for (const path of [summary, values, people]) {
    for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
  }
}

/** Makes the folder, and takes away what nobody has come back for. */
export async function tidyDrafts(db: Pick<ChapterDb, 'folder' | 'id'>, now: number): Promise<void> {
  const dir = draftsDir(db);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(dir)) {
    const made = (await stat(join(dir, name)).catch(() => null))?.mtimeMs ?? now;
    if (now - made > KEPT_FOR) await rm(join(dir, name), { force: true });
  }
}

/** Writes what was found, whole or not at all. */
export async function writeDraft({ summary }: DraftPaths, found: MatchedLayer): Promise<void> {
  await writeFile(`${summary}.part`, JSON.stringify(found), { mode: 0o600 });
  await rename(`${summary}.part`, summary);
}

/** What was found; null where there is no such draft. */
export async function readDraft({ summary }: DraftPaths): Promise<MatchedLayer | null> {
  try {
    return JSON.parse(await readFile(summary, 'utf8')) as MatchedLayer;
  } catch {
    return null;
  }
}
