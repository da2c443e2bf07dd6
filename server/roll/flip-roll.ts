import { beginFlip } from '../store/roll-flip.ts';
import { checkpoint, tuneForImport } from '../store/roll-stage.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { FlipJob } from './import-messages.ts';
import type { ImportPorts } from './run-import.ts';
import { settleFlip } from './settle-flip.ts';

/** Puts the roll that waits in its place, or the one that was kept back. */
export async function flipRoll(
  sqlite: Sqlite,
  { importId, flip, by }: Pick<FlipJob, 'importId' | 'flip' | 'by'>,
  ports: Pick<ImportPorts, 'inTurn'>,
): Promise<'flipped'> {
  tuneForImport(sqlite);
  await ports.inTurn(() => beginFlip(sqlite, importId, flip, by));
  await settleFlip(sqlite, flip, ports);
  checkpoint(sqlite);
  return 'flipped';
}
