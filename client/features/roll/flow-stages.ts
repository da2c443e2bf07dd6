import type { ImportReport } from '#shared/model/roll.ts';

export interface FlowLoss {
  readonly kind: 'repeated' | 'rejected' | 'unplaced';
  readonly count: number;
}

/** One step of the flow: what is there, as a part of the rows, and what fell out after it. */
export interface FlowStage {
  readonly kind: 'rows' | 'people' | 'doors' | 'places';
  readonly count: number;
  /** 0 to 1: the width of its band. Rows and people are drawn to the same scale. */
  readonly part: number;
  readonly lost: readonly FlowLoss[];
}

/** An import as a flow from rows to people to doors to places. Every row is accounted for. */
export function flowStages(report: ImportReport): readonly FlowStage[] {
  const rows = Math.max(1, report.rows);
  const { exact, tolerant, interpolated, given, settled = 0 } = report.placed;
  const placed = exact + tolerant + interpolated + given + settled;
  const some = (losses: readonly FlowLoss[]): readonly FlowLoss[] =>
    losses.filter(({ count }) => count > 0);
  return [
    {
      kind: 'rows',
      count: report.rows,
      part: report.rows === 0 ? 0 : 1,
      lost: some([
        { kind: 'rejected', count: report.rejected },
        { kind: 'repeated', count: report.repeated },
      ]),
    },
    { kind: 'people', count: report.people, part: report.people / rows, lost: [] },
    {
      kind: 'doors',
      count: report.doors,
      // Doors hold the same people, so the band keeps its width while the number changes.
      part: report.people / rows,
      lost: some([{ kind: 'unplaced', count: report.unplaced }]),
    },
    { kind: 'places', count: placed, part: placed / rows, lost: [] },
  ];
}
