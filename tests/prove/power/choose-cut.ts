import { dirname } from 'node:path';
import type { Dice } from '#shared/kernel/random.ts';
import type { DiskEvent } from './read-trace.ts';

/** Where a power cut is most likely to hurt. */
export type CutKind = 'log' | 'checkpoint' | 'log-anew' | 'answer' | 'folder' | 'anywhere';

type Moments = Readonly<Record<CutKind, readonly number[]>>;

/** After a log has begun anew over its old pages, so many events are still near it. */
const NEAR = 60;

/** The moments of a trace of each kind: a cut comes after so many events. */
export function findMoments(events: readonly DiskEvent[]): Moments {
  const all = {
    log: [] as number[],
    checkpoint: [] as number[],
    'log-anew': [] as number[],
    answer: [] as number[],
    folder: [] as number[],
    anywhere: events.map((_, i) => i + 1),
  };
  const unsynced = new Map<string, number>();
  const folders = new Set<string>();
  const begun = new Set<string>();
  let anew = Infinity;
  for (const [i, event] of events.entries()) {
    if (i - anew < NEAR && i >= anew) all['log-anew'].push(i + 1);
    if (event.kind === 'ack') {
      all.answer.push(i + 1);
      continue;
    }
    const { kind, path } = event;
    if (kind === 'sync') {
      unsynced.delete(path);
      folders.delete(path);
    } else if (kind === 'write' || kind === 'size') {
      const count = (unsynced.get(path) ?? 0) + 1;
      unsynced.set(path, count);
      if (path.endsWith('-wal') && count > 3) all.log.push(i + 1);
      if (kind === 'write' && event.at === 0 && path.endsWith('-wal')) {
        if (begun.has(path)) anew = i;
        begun.add(path);
      }
      if (path.endsWith('.db')) all.checkpoint.push(i + 1);
    } else {
      folders.add(dirname(path));
      begun.delete(path);
    }
    if (folders.size > 0) all.folder.push(i + 1);
  }
  return all;
}

/** After how many events of the trace the power goes. */
export function chooseCut(all: Moments, kind: CutKind, dice: Dice): number {
  const moments = all[kind];
  if (moments.length === 0) throw new Error(`The trace has no moment for a cut of kind ${kind}.`);
  return dice.pick(moments);
}
