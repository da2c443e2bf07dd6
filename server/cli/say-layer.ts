import type { Layer, LayerColumn, LayerPreview } from '#shared/model/layer.ts';
import { describeLayerReason } from '#shared/roll/layer-reason.ts';

function sayColumn({ name, kind, given, odd, range, words }: LayerColumn): string {
  const what =
    range !== null
      ? `${range.least} to ${range.most}`
      : words
          .slice(0, 6)
          .map(({ value, people }) => `${value} ${people}`)
          .join(', ');
  const left = odd > 0 ? `, ${odd} cells are no ${kind}` : '';
  return `  ${name === '' ? 'in the file' : name} (${kind}): ${given} people${what === '' ? '' : `: ${what}`}${left}`;
}

/** What was found in a file, for a terminal. */
export function sayPreview(name: string, { counts, columns }: LayerPreview): string {
  const { rows, byId, exact, tolerant, ambiguous, unmatched, rejected, repeated, erased } = counts;
  const reasons = Object.entries(counts.leftOutByReason).map(
    ([reason, n]) => `${String(n).padStart(8)}  ${describeLayerReason(reason).what}`,
  );
  return [
    `${name}: ${rows} rows.`,
    `  found by id ${byId}, by name and address ${exact}, with a small difference ${tolerant}`,
    `  left out: ambiguous ${ambiguous}, not found ${unmatched}, not readable ${rejected}, on the list more than once ${repeated}, erased ${erased}`,
    ...reasons,
    ...columns.map(sayColumn),
  ].join('\n');
}

/** A layer with where it is from, for a terminal. */
export function sayLayer({
  name,
  members,
  fileName,
  at,
  by,
  counts,
  columns,
  terms,
}: Layer): string {
  const people = counts.byId + counts.exact + counts.tolerant;
  const day = new Date(at).toISOString().slice(0, 10);
  const from = terms.source === '' ? '' : `, from ${terms.source}`;
  return [
    `${name}${members ? ' (members)' : ''}: ${people} of ${counts.rows} rows, ${fileName}${from}, ${day}, ${by ?? 'command line'}`,
    ...columns.map(sayColumn),
  ].join('\n');
}
