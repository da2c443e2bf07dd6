import type { RollMapping } from '#shared/model/roll.ts';
import { isBlankRow } from '#shared/roll/inspect-text.ts';
import { layoutByPlace } from '#shared/roll/layouts.ts';
import { readRows } from './read-rows.ts';

/** The names of a file's columns, from its header or, where it has none, from its layout. */
export function readHeader(path: string, mapping: RollMapping): readonly string[] {
  const { headerLine = 1, layout, delimiter } = mapping;
  if (headerLine === 0) return layoutByPlace(layout, delimiter)?.columns ?? [];
  for (const { rows, lines } of readRows(path, mapping)) {
    const at = rows.findIndex((cells, i) => (lines[i] ?? 0) >= headerLine && !isBlankRow(cells));
    if (at >= 0) return (rows[at] ?? []).map((name) => name.trim());
  }
  return [];
}
