import type { RollImport } from '#shared/model/roll.ts';

/** What an import cost, for the operator's log: nothing of whom it was about. */
export interface ImportCost {
  readonly importId: string;
  readonly state: RollImport['state'];
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Milliseconds that somebody who wrote to the chapter may have waited for it at most. */
  readonly longestWaitMs: number;
  /** MiB of this process at its highest since it started, the import's thread among it. */
  readonly peakMiB: number;
}

/** The cost of an import that ended, by what was measured in milliseconds. */
export function importCost(
  { id, state, rowsRead }: Pick<RollImport, 'id' | 'state' | 'rowsRead'>,
  measured: { readonly took: number; readonly longestTurn: number },
): ImportCost {
  const seconds = measured.took / 1000;
  return {
    importId: id,
    state,
    rows: rowsRead,
    seconds: Math.round(seconds * 10) / 10,
    rowsPerSecond: Math.round(rowsRead / Math.max(seconds, 0.001)),
    longestWaitMs: Math.round(measured.longestTurn),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
