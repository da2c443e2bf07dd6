import type { RollFlip } from '#shared/model/roll.ts';
import {
  addUniverseRows,
  carryOutMoves,
  carryOutPlaces,
  prepareUniverseRows,
  publishUniverseRows,
  renewTurfs,
  touchedTurfs,
} from '../store/roll-flip.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { clearLeftovers, type ImportPorts } from './run-import.ts';

/** Rows of a step. */
const STEP = 2000;

/**
 * What follows the flip of a roll: people and places as it has them, what universes ask, and word to
 * the phones. Done again after a crash, it ends the same. The import is over when its flip is ended.
 */
export async function settleFlip(
  sqlite: Sqlite,
  flip: RollFlip,
  { inTurn }: Pick<ImportPorts, 'inTurn'>,
): Promise<void> {
  while (!(await inTurn(() => carryOutMoves(sqlite, flip, STEP))));
  while (!(await inTurn(() => carryOutPlaces(sqlite, flip, STEP))));
  await clearLeftovers(sqlite, inTurn);
  await inTurn(() => prepareUniverseRows(sqlite));
  let after: number | null = 0;
  while (after !== null) {
    const from: number = after;
    after = await inTurn(() => addUniverseRows(sqlite, from, STEP));
  }
  const turfs = touchedTurfs(sqlite);
  await inTurn(() => {
    renewTurfs(sqlite, turfs);
    publishUniverseRows(sqlite);
  });
  await clearLeftovers(sqlite, inTurn);
}
