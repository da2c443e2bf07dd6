import { rmSync } from 'node:fs';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { openSqlite } from '../store/sqlite.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import type { Outcome } from './import-messages.ts';
import { withChapter } from './import-to-postgres.ts';
import { keepInPostgres, keepInSqlite, type KeepPorts } from './keep-layer.ts';
import { writeDraft } from './layer-draft.ts';
import { readErased } from './layer-erased.ts';
import type { LayerJob, LayerKeepJob, LayerMatchJob } from './layer-messages.ts';
import { LayerPeople } from './layer-people.ts';
import { LayerValuesFile } from './layer-values-file.ts';
import { matchLayer } from './match-layer.ts';
import type { ImportPorts } from './run-import.ts';

/** Gives the turns in which a connection of the worker's may write. */
export type TurnsOn = (sqlite: Sqlite) => ImportPorts['inTurn'];

function removePeople(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
}

/** Looks for the people of a file and leaves what was found in the draft's own files. */
export async function matchInto(
  db: ChapterDb,
  { path, about, wish, draft }: Omit<LayerMatchJob, 'kind' | 'target' | 'chapterId'>,
  { onProgress, cancelled }: KeepPorts,
): Promise<Outcome> {
  removePeople(draft.people);
  removePeople(draft.values);
  onProgress({ step: 'placing', rowsRead: 0, bytesRead: 0 });
  const { erased, marks } = await readErased(db);
  let people: LayerPeople | null = null;
  let file: LayerValuesFile | null = null;
  let whole = false;
  try {
    people = await LayerPeople.copy(db, draft.people, wish.how !== 'id', cancelled);
    if (people === null) return 'cancelled';
    file = new LayerValuesFile(draft.values);
    const found = await matchLayer({ path, wish, people, erased, file, onProgress, cancelled });
    if (found === null) return 'cancelled';
    const { counts, samples, header, odd } = found;
    const columns = file.fillValues(wish.columns, odd);
    whole = true;
    const preview = { counts, samples, columns };
    await writeDraft(draft, { wish, ...about, header, erasures: marks, preview });
    return 'ready';
  } finally {
    people?.close();
    file?.close();
    removePeople(draft.people);
    if (!whole) removePeople(draft.values);
  }
}

async function match(job: LayerMatchJob, ports: KeepPorts): Promise<Outcome> {
  const { target, chapterId } = job;
  if (target.engine === 'postgres') return withChapter(target, (db) => matchInto(db, job, ports));
  const db = SqliteChapterDb.openAsItIs(chapterId, target.path);
  try {
    return await matchInto(db, job, ports);
  } finally {
    await db.close();
  }
}

async function keep(
  { target, set, places, draft }: LayerKeepJob,
  ports: KeepPorts,
  turnsOn: TurnsOn,
): Promise<Outcome> {
  if (target.engine === 'postgres') {
    const whole = await withChapter(target, (db) =>
      keepInPostgres(db, { set, places, path: draft.values }, ports),
    );
    return whole ? 'ready' : 'cancelled';
  }
  const sqlite = openSqlite(target.path);
  try {
    const turns = { ...ports, inTurn: turnsOn(sqlite) };
    return (await keepInSqlite(sqlite, { set, places, path: draft.values }, turns))
      ? 'ready'
      : 'cancelled';
  } finally {
    sqlite.close();
  }
}

/** Does one step of a layer in this thread. */
export function runLayerJob(job: LayerJob, ports: KeepPorts, turnsOn: TurnsOn): Promise<Outcome> {
  return job.kind === 'layer-match' ? match(job, ports) : keep(job, ports, turnsOn);
}
