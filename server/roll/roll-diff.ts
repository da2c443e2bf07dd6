import type { DiffField } from '#shared/model/diff-fields.ts';
import {
  DIFF_KINDS,
  type DiffKind,
  type DiffPage,
  type DiffPerson,
  type RollDiff,
  type RollImport,
} from '#shared/model/roll.ts';
import type { CsvExport } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { type Compared, countChanges, readChanges } from '../store/read-changes.ts';
import { fieldsOf } from '../store/roll-changes.ts';

/** People of one kind that a summary shows. */
const SAMPLES = 20;
/** People of one page. */
const PAGE = 100;
/** Rows that are read at once for a file. */
const AT_ONCE = 500;

/** Which rolls an import's differences are of; null: none are kept. */
function comparedBy({ state, canUndo }: RollImport): Compared | null {
  if (state === 'ready') return { before: 'voters', after: 'voters_next' };
  return state === 'done' && canUndo ? { before: 'voters_old', after: 'voters' } : null;
}

/** How an import's roll differs from the one before it; once that is not kept, its counts alone. */
export async function readRollDiff(db: ChapterDb, one: RollImport): Promise<RollDiff> {
  const compared = comparedBy(one);
  const rows = compared === null ? [] : await countChanges(db);
  const fields: Partial<Record<DiffField, number>> = {};
  for (const row of rows) {
    for (const field of fieldsOf(row.fields)) {
      fields[field] = (fields[field] ?? 0) + row.people;
    }
  }
  const sample = async (kind: DiffKind): Promise<readonly DiffPerson[]> =>
    compared === null
      ? []
      : (await readChanges(db, compared, kind, { after: 0, limit: SAMPLES })).people;
  const { added = 0, changed = 0, moved = 0, gone = 0, same = 0 } = one.report ?? {};
  return {
    importId: one.id,
    kept: compared !== null,
    counts: { new: added, changed, moved, gone, same },
    fields,
    samples: {
      new: await sample('new'),
      changed: await sample('changed'),
      moved: await sample('moved'),
      gone: await sample('gone'),
    },
  };
}

/** A page of those of one kind; empty when the other roll is not kept. */
export async function readDiffPage(
  db: ChapterDb,
  one: RollImport,
  kind: DiffKind,
  after: number,
): Promise<DiffPage> {
  const compared = comparedBy(one);
  if (compared === null) return { people: [], after: null };
  return readChanges(db, compared, kind, { after, limit: PAGE });
}

/** Everybody who differs, a row a person and field; nobody when the other roll is not kept. */
export function diffCsv(db: ChapterDb, one: RollImport): CsvExport {
  const compared = comparedBy(one);
  return {
    kind: 'roll-diff',
    header: ['what', 'id', 'name', 'address_before', 'address_after', 'field', 'before', 'after'],
    rows: compared === null ? [] : diffRows(db, compared),
  };
}

async function* diffRows(db: ChapterDb, compared: Compared): AsyncGenerator<string[]> {
  for (const kind of DIFF_KINDS) {
    for (let after: number | null = 0; after !== null;) {
      const page: DiffPage = await readChanges(db, compared, kind, { after, limit: AT_ONCE });
      for (const { sourceId, name, from, to, fields } of page.people) {
        const who = [kind, sourceId ?? '', name, from ?? '', to ?? ''];
        if (fields.length === 0) yield [...who, '', '', ''];
        for (const { field, before, after: now } of fields) {
          yield [...who, field, before ?? '', now ?? ''];
        }
      }
      ({ after } = page);
    }
  }
}
