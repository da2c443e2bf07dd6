import type { RollSummary } from '#shared/model/roll.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readRollSummary } from '../store/roll-rows.ts';
import type { RollImports } from './roll-imports.ts';

/** The roll that stands now, with its imports; the one that runs shows how far it is. */
export async function readRoll(db: ChapterDb, imports: RollImports): Promise<RollSummary> {
  await imports.recover(db);
  const summary = await readRollSummary(db);
  const running = imports.current(db);
  if (running === null) return summary;
  const others = summary.imports.filter((entry) => entry.id !== running.id);
  return { ...summary, imports: [running, ...others] };
}
