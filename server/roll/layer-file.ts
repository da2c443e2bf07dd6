import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeId, type Id } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LayerHow, LayerKind } from '#shared/model/layer-kind.ts';
import type { StartLayer } from '#shared/model/layer.ts';
import type { RollField, RollInspection } from '#shared/model/roll.ts';
import { guessLayerKind } from '#shared/roll/guess-layer-kind.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inspectUpload, proposeMapping } from './inspect-upload.ts';
import { readRows } from './read-rows.ts';
import type { ImportMeans } from './roll-imports.ts';
import { unpackRoll } from './unpack-roll.ts';
import { dropUpload, readLocalFile, type Upload, uploadsDir } from './upload.ts';

/** What somebody types of a file on this machine: columns by their name or number, from 1. */
export interface TypedLayer {
  readonly columns: readonly string[];
  readonly kinds: readonly LayerKind[];
  readonly idColumn: string | null;
  readonly byName: boolean;
  readonly members: boolean;
}

/** A file of this machine, unpacked where it was packed; `drop` takes away what was unpacked. */
export async function openLayerFile(
  db: ChapterDb,
  path: string,
  { clock, random }: ImportMeans,
): Promise<Result<{ readonly upload: Upload; readonly drop: () => Promise<void> }>> {
  const dir = uploadsDir(db);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const to = join(dir, makeId<Id<'upload'>>(clock(), random));
  const unpacked = await unpackRoll(path, to);
  if (!unpacked.ok) return unpacked;
  const upload = await readLocalFile(unpacked.value ? to : path, basename(path));
  if (!upload.ok) return upload;
  return ok({
    upload: upload.value,
    drop: async () => {
      if (unpacked.value) await dropUpload(to);
    },
  });
}

function findColumn(inspection: RollInspection, typed: string): number | null {
  const word = typed.trim().toLowerCase();
  const named = inspection.columns.find(({ name }) => name.trim().toLowerCase() === word);
  if (named !== undefined) return named.column;
  const number = /^\d{1,4}$/.test(word) ? Number(word) - 1 : -1;
  return inspection.columns[number]?.column ?? null;
}

/** Of a column's cells those of the file's beginning: enough to tell what they are. */
function someCells(upload: Upload, { headerLine, ...reading }: RollInspection, column: number) {
  for (const { rows, lines } of readRows(upload.path, reading)) {
    const below = rows.filter((_, i) => (lines[i] ?? 0) > headerLine);
    return below.slice(0, 2000).map((cells) => cells[column] ?? '');
  }
  return [];
}

const WHO: ReadonlySet<RollField> = new Set([
  'voter-id',
  'full-name',
  'first-name',
  'middle-name',
  'last-name',
  'name-suffix',
  'house-number',
  'house-number-half',
  'street-prefix',
  'street-name',
  'street-type',
  'street-suffix',
  'unit-type',
  'unit',
  'floor',
  'address-line',
  'address-line-2',
  'city',
  'zip',
]);

/**
 * How a file is made a layer by what was typed; the rest is found out. Problems: those of
 * inspectUpload; layer-columns-missing for a column that the file does not have.
 */
export async function wishOf(upload: Upload, typed: TypedLayer): Promise<Result<StartLayer>> {
  const inspected = await inspectUpload(upload);
  if (!inspected.ok) return inspected;
  const inspection = inspected.value;
  const missing = (name: string) => fail(problem('layer-columns-missing', { missing: name }));
  const columns: StartLayer['columns'] = [];
  for (const [at, name] of typed.columns.entries()) {
    const column = findColumn(inspection, name);
    if (column === null) return missing(name);
    const kind = typed.kinds[at] ?? guessLayerKind(someCells(upload, inspection, column));
    const header = inspection.columns.find((one) => one.column === column)?.name.trim() ?? '';
    columns.push({ column, name: (header || name).slice(0, 80), kind });
  }
  const { layout, ...mapping } = proposeMapping(inspection);
  const taken = new Set(columns.map(({ column }) => column));
  let who = mapping.columns.filter(({ field, column }) => WHO.has(field) && !taken.has(column));
  if (typed.idColumn !== null) {
    const column = findColumn(inspection, typed.idColumn);
    if (column === null) return missing(typed.idColumn);
    who = who.filter((use) => use.field !== 'voter-id' && use.column !== column);
    who.push({ column, field: 'voter-id' });
  }
  const how: LayerHow = typed.idColumn === null ? 'name' : typed.byName ? 'both' : 'id';
  if (how === 'name') who = who.filter(({ field }) => field !== 'voter-id');
  if (how === 'id') who = who.filter(({ field }) => field === 'voter-id');
  return ok({
    uploadId: '',
    mapping: { ...mapping, layout, columns: who },
    how,
    members: typed.members,
    columns,
  });
}
