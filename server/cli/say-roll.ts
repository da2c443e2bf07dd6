import {
  DIFF_KINDS,
  type ImportReport,
  type RollDiff,
  type RollImport,
} from '#shared/model/roll.ts';

const n = (count: number): string => count.toLocaleString('en').padStart(11);

/** How far an import is, in one line. */
export function sayProgress({ step, rowsRead, bytesRead, bytes }: RollImport): string {
  const percent = bytes === 0 ? 100 : Math.floor((100 * bytesRead) / bytes);
  const words = {
    reading: 'Reading',
    placing: 'Comparing',
    publishing: 'Publishing',
    undoing: 'Bringing back',
  };
  return `${words[step ?? 'reading']}: ${rowsRead.toLocaleString('en')} rows, ${percent} %`;
}

/** The report of an import as programs read it: placed and unplaced together are the people. */
export function reportJson({ people, doors, placed, unplaced, rejected }: ImportReport): object {
  const { exact, tolerant, interpolated, given, settled = 0 } = placed;
  return {
    people,
    doors,
    placed: { exact, fuzzy: tolerant, interpolated, given, settled },
    unplaced,
    rejected,
  };
}

/** The report of an import for a person. */
export function sayReport(report: ImportReport): string {
  const { placed } = report;
  const reasons = (title: string, counts: Readonly<Record<string, number>>): string[] =>
    Object.entries(counts).map(([reason, count]) => `${n(count)}  ${title}: ${reason}`);
  const { people, added, changed, moved = 0, same, gone } = report;
  return [
    `${n(report.rows)}  rows`,
    `${n(people)}  people, ${added} new, ${changed} changed, ${moved} moved, ${same} as before; ${gone} left the roll`,
    `${n(report.repeated)}  rows that repeat an earlier one`,
    ...reasons('rejected', report.rejectedByReason),
    `${n(report.doors)}  doors in ${report.buildings.toLocaleString('en')} buildings`,
    `${n(placed.exact + placed.tolerant)}  people matched to an address (${placed.tolerant} by a tolerant match)`,
    `${n(placed.interpolated)}  people placed along their street, ${placed.given} by the file's coordinates, ${placed.settled ?? 0} by hand`,
    ...reasons('without a place', report.unplacedByReason),
  ].join('\n');
}

/** How two rolls differ, for a person. */
export function sayDiff({ counts, fields, samples }: RollDiff): string {
  const lines = [
    `${n(counts.new)}  new`,
    `${n(counts.changed)}  changed`,
    `${n(counts.moved)}  moved to another door`,
    `${n(counts.gone)}  gone`,
    `${n(counts.same)}  as before`,
    ...Object.entries(fields).map(([field, count]) => `${n(count)}  with another ${field}`),
  ];
  for (const kind of DIFF_KINDS) {
    for (const { sourceId, name, from, to, fields: said } of samples[kind]) {
      const places = kind === 'moved' ? [`${from ?? '-'} -> ${to ?? '-'}`] : [];
      const changes = said.map(
        ({ field, before, after }) => `${field}: ${before ?? '-'} -> ${after ?? '-'}`,
      );
      const rest = [...places, ...changes].join('; ');
      lines.push(`${kind.padEnd(8)} ${sourceId ?? ''} ${name}${rest === '' ? '' : `: ${rest}`}`);
    }
  }
  return lines.join('\n');
}
