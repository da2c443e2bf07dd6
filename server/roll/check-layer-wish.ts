import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { StartLayer } from '#shared/model/layer.ts';
import type { RollInspection } from '#shared/model/roll.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { type LayerRefusal, refusedLayerColumn } from '#shared/roll/refused-layer-column.ts';
import { findMissingWho } from '#shared/roll/missing-who.ts';
import { readRules } from '../privacy/read-rules.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inspectUpload } from './inspect-upload.ts';
import type { Upload } from './upload.ts';

const REASONS: Readonly<Record<LayerRefusal, string>> = {
  forbidden: 'nobody may keep what is in it',
  private: 'it is about money or health',
  law: 'the rules of your state do not let it in',
};

/**
 * Whether a file can become a layer in this way. Problems: layer-columns-missing,
 * layer-column-refused, those of inspectUpload.
 */
export async function checkLayerWish(
  db: Pick<ChapterDb, 'read'>,
  upload: Upload,
  { mapping, how, columns }: Pick<StartLayer, 'mapping' | 'how' | 'columns'>,
): Promise<Result<RollInspection>> {
  const missing = findMissingWho(mapping.columns, how);
  if (missing.length > 0) {
    return fail(problem('layer-columns-missing', { missing: missing.join(', ') }));
  }
  const { encoding, delimiter, quoted, headerLine } = mapping;
  const inspection = await inspectUpload(upload, {
    encoding,
    delimiter,
    ...(quoted === undefined ? {} : { quoted }),
    ...(headerLine === undefined ? {} : { headerLine }),
  });
  if (!inspection.ok) return inspection;
  const { region } = await readRules(db.read);
  const { refuses } = rulesOf(region);
  const asked = new Set([...columns, ...mapping.columns].map(({ column }) => column));
  for (const column of inspection.value.columns) {
    if (!asked.has(column.column)) continue;
    const refusal = refusedLayerColumn(column, refuses);
    if (refusal === null) continue;
    const named = column.name.trim() || String(column.column + 1);
    return fail(problem('layer-column-refused', { column: named, reason: REASONS[refusal] }));
  }
  return ok(inspection.value);
}
