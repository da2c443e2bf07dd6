import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeId, type Id } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RollImport, RollInspection, RollMapping } from '#shared/model/roll.ts';
import type { Terms } from '#shared/model/rules.ts';
import type { SavedColumn } from '#shared/model/saved-mapping.ts';
import { applySaved, fingerprintOf } from '#shared/roll/saved-mapping.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inspectUpload, proposeMapping } from './inspect-upload.ts';
import { keepMapping, listMappings } from './keep-mapping.ts';
import { type ImportMeans, RollImports } from './roll-imports.ts';
import { unpackRoll } from './unpack-roll.ts';
import { dropUpload, readLocalFile, uploadsDir } from './upload.ts';

export interface ImportFileOptions extends ImportMeans {
  /** How to read the file; left out, the file is looked at and taken for what it seems to be. */
  readonly mapping?: RollMapping;
  /** What its columns mean, by their names, in place of what they seem to be. */
  readonly columns?: readonly SavedColumn[] | null;
  /** Voting-activity files that belong to the roll. */
  readonly history?: readonly string[];
  /** Who started it, for the list of imports. */
  readonly startedBy?: string;
  /** Takes the place of the roll that stands without waiting for somebody's word. */
  readonly apply?: boolean;
  /** Throws a roll away that waits, once this file is known to be one; otherwise that one refuses it. */
  readonly replaces?: boolean;
  /** Where to write where each record was placed; null: nowhere. */
  readonly placements?: string | null;
  /** Under which terms the file came. */
  readonly terms?: Terms | null;
}

/**
 * Imports a voter file that lies on this machine, by the same way that an upload takes: gives how it
 * ended (done, ready, failed or cancelled). A file that no layout knows is read as the chapter read such
 * a file before. Problems: roll-mapping-unfit, those of inspectUpload and of RollImports.start.
 */
export async function importRollFile(
  db: ChapterDb,
  path: string,
  options: ImportFileOptions,
  onProgress: (state: RollImport) => void = () => {},
  signal?: AbortSignal,
): Promise<Result<RollImport>> {
  const unpacked = await unpackBeside(db, path, options);
  if (!unpacked.ok) return unpacked;
  const upload = await readLocalFile(unpacked.value, basename(path));
  if (!upload.ok) return upload;
  const inspection = await inspectUpload(upload.value);
  if (!inspection.ok) return inspection;
  const mapped =
    options.mapping === undefined
      ? await mapFile(db, inspection.value, options.columns ?? null)
      : ok(options.mapping);
  if (!mapped.ok) return mapped;
  const mapping = mapped.value;
  const imports = new RollImports(options);
  const waiting = options.replaces === true ? await imports.waiting(db) : null;
  if (waiting !== null) await imports.cancel(db, waiting.id);
  const begun = await imports.start(db, upload.value, {
    mapping,
    startedBy: options.startedBy ?? 'command line',
    historyPaths: options.history ?? [],
    terms: options.terms ?? null,
    apply: options.apply ?? false,
    placements: options.placements ?? null,
    onProgress,
  });
  if (!begun.ok) return begun;
  await keepMapping(db, upload.value, mapping, options.clock());
  const { started, finished } = begun.value;
  const stop = (): void => void imports.cancel(db, started.id);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  const ended = await finished;
  signal?.removeEventListener('abort', stop);
  if (unpacked.value !== path) await dropUpload(unpacked.value);
  return { ok: true, value: ended };
}

/** How to read a file: by the meanings that somebody gives, else as such a file was read before. */
async function mapFile(
  db: ChapterDb,
  inspection: RollInspection,
  columns: readonly SavedColumn[] | null,
): Promise<Result<RollMapping>> {
  const proposed = proposeMapping(inspection);
  if (columns !== null) {
    const uses = applySaved(inspection.columns, columns);
    if (uses === null) return fail(problem('roll-mapping-unfit'));
    return ok({ ...proposed, columns: uses.filter((use) => use !== null) });
  }
  if (inspection.layout !== null) return ok(proposed);
  const fingerprint = fingerprintOf(inspection.columns.map(({ name }) => name));
  const kept = (await listMappings(db)).find((one) => one.fingerprint === fingerprint);
  const uses = kept === undefined ? null : applySaved(inspection.columns, kept.columns);
  return ok(
    uses === null ? proposed : { ...proposed, columns: uses.filter((use) => use !== null) },
  );
}

/** The file itself, or what an archive holds, written among the chapter's uploads. */
async function unpackBeside(
  db: ChapterDb,
  path: string,
  { clock, random }: ImportMeans,
): Promise<Result<string>> {
  const dir = uploadsDir(db);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const to = join(dir, makeId<Id<'upload'>>(clock(), random));
  const unpacked = await unpackRoll(path, to);
  if (!unpacked.ok) return unpacked;
  return ok(unpacked.value ? to : path);
}
