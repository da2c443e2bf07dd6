import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Registry } from '../store/registry.ts';
import type { RollImports } from './roll-imports.ts';

const UPLOADS = /^([0-9a-f-]{36})\.uploads$/;

/** The chapters with files of voters in a folder: few have any, and only while one is read. */
async function withUploads(dir: string, depth = 2): Promise<Set<string>> {
  const found = new Set<string>();
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const path = join(dir, entry.name);
    const id = UPLOADS.exec(entry.name)?.[1];
    if (id !== undefined) {
      if ((await readdir(path)).length > 0) found.add(id);
    } else if (depth > 0) for (const one of await withUploads(path, depth - 1)) found.add(one);
  }
  return found;
}

/**
 * Goes on with imports that were under way when the server stopped, by itself when it is back. Never
 * throws: the next chapter has its turn whatever becomes of one.
 */
export async function resumeAll(
  dataDir: string,
  registry: Registry,
  imports: RollImports,
  warn: (sentence: string) => void,
): Promise<void> {
  const waiting = await withUploads(dataDir);
  if (waiting.size === 0) return;
  for (const { id } of await registry.chapters().catch(() => [])) {
    if (!waiting.has(id)) continue;
    try {
      const db = await registry.openChapter(id);
      if (db !== null) await imports.recover(db);
    } catch (error) {
      warn(`An import of chapter ${id} could not go on: ${String(error)}`);
    }
  }
}
