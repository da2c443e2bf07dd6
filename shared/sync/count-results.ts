import type { OpResult } from './protocol.ts';

/** What taking in a file came to. */
export interface Intake {
  /** Applied now for the first time. */
  readonly fresh: number;
  /** The chapter had them before, applied or held. */
  readonly known: number;
  /** Held now for the first time, for a person to look at. */
  readonly held: number;
}

/** Counts results by what a person wants to know; each result counts once. */
export function countResults(results: readonly OpResult[]): Intake {
  const known = results.filter(({ repeat }) => repeat).length;
  const held = results.filter(({ status, repeat }) => status === 'held' && !repeat).length;
  return { fresh: results.length - known - held, known, held };
}
