import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LayerId, LeftOutPage, LeftOutRow } from '#shared/model/layer.ts';
import { describeLayerReason } from '#shared/roll/layer-reason.ts';
import type { CsvExport } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { eachRow } from '../store/each-row.ts';
import { findLayer, readLeftOut } from '../store/layer-rows.ts';
import { openSqlite } from '../store/sqlite.ts';
import { draftPaths, readDraft } from './layer-draft.ts';

const PAGE = 500;
/** Rows of a page on the screen. */
const SHOWN = 50;

function toCells({ line, kind, reason, cells }: LeftOutRow): (string | number)[] {
  const { what, todo } = describeLayerReason(reason);
  return [line, kind === 'noted' ? 'yes' : 'no', reason, what, todo, ...cells];
}

function toCsv(header: readonly string[], rows: AsyncGenerator<(string | number)[]>): CsvExport {
  return {
    kind: 'layer-left-out',
    header: ['line', 'person_found', 'reason', 'what_happened', 'what_to_do', ...header],
    rows,
  };
}

async function* rowsOf(db: ChapterDb, set: number): AsyncGenerator<(string | number)[]> {
  for (let after = -1; ;) {
    const page = await readLeftOut(db.read, set, after, PAGE);
    for (const row of page) yield toCells(row);
    after = page.at(-1)?.line ?? after;
    if (page.length < PAGE) return;
  }
}

/** The rows of a layer's file that are in no column of it, each with why. Problem: not-found. */
export async function leftOutCsv(db: ChapterDb, id: LayerId): Promise<Result<CsvExport>> {
  const layer = await findLayer(db.read, id);
  if (layer === undefined) return fail(problem('not-found'));
  return ok(toCsv(JSON.parse(layer.header) as string[], rowsOf(db, layer.set_key)));
}

/** A page of the same, for the screen. Problem: not-found. */
export async function leftOutPage(
  db: ChapterDb,
  id: LayerId,
  after: number,
): Promise<Result<LeftOutPage>> {
  const layer = await findLayer(db.read, id);
  if (layer === undefined) return fail(problem('not-found'));
  const rows = await readLeftOut(db.read, layer.set_key, after, SHOWN + 1);
  const shown = rows.slice(0, SHOWN);
  return ok({
    header: JSON.parse(layer.header) as string[],
    rows: shown,
    after: rows.length > SHOWN ? (shown.at(-1)?.line ?? null) : null,
  });
}

async function* rowsOfDraft(path: string): AsyncGenerator<(string | number)[]> {
  const sqlite = openSqlite(path);
  try {
    const rows = sqlite.prepare('select line, kind, reason, cells from left_out order by line');
    for (const row of eachRow<Omit<LeftOutRow, 'cells'> & { readonly cells: string }>(rows)) {
      yield toCells({ ...row, cells: JSON.parse(row.cells) as string[] });
    }
  } finally {
    sqlite.close();
  }
}

/** The same of a file of which nothing is kept yet. Problem: layer-draft-gone. */
export async function draftLeftOutCsv(db: ChapterDb, id: string): Promise<Result<CsvExport>> {
  const paths = draftPaths(db, id);
  const matched = await readDraft(paths);
  if (matched === null) return fail(problem('layer-draft-gone'));
  return ok(toCsv(matched.header, rowsOfDraft(paths.values)));
}
