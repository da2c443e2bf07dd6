import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../../server/store/sqlite.ts';
import { type LogPart, sqliteLog } from '../real/chapter-log.ts';
import type { Recording } from './record-run.ts';
import type { Told } from './read-trace.ts';

/** Opens a database as the server does, lets it recover, and writes to it. */
function openAndWrite(path: string): string[] {
  const db = openSqlite(path);
  const check = (when: string): string[] => {
    const broken = db.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    const orphans = db.prepare('pragma foreign_key_check').all();
    return [
      ...broken
        .filter((row) => row.integrity_check !== 'ok')
        .map((row) => `${when}: ${row.integrity_check}`),
      ...(orphans.length > 0 ? [`${when}: ${orphans.length} rows point to nothing`] : []),
    ];
  };
  try {
    const wrong = check('after the cut');
    db.exec('begin immediate; create table after_the_cut (n); drop table after_the_cut; commit');
    db.exec('pragma wal_checkpoint(TRUNCATE)');
    return [...wrong, ...check('after a write')];
  } finally {
    db.close();
  }
}

/** What must hold of the log for all that was acknowledged before the cut. */
export function judgeLog(log: LogPart, run: Recording, acked: ReadonlyMap<string, Told>): string[] {
  const wrong: string[] = [];
  const sent = new Map(run.sent.flatMap(({ ops }) => ops).map((op) => [op.opId, op]));
  const ops = new Map(log.ops.map((op) => [op.opId, op]));
  const held = new Set(log.held.map((op) => op.opId));
  if (ops.size !== log.ops.length) wrong.push('an operation is in the log twice');
  if (held.size !== log.held.length) wrong.push('an operation is held twice');
  log.ops.forEach(({ seq, opId, sha256 }, index) => {
    if (seq !== run.before + 1 + index) wrong.push(`the log jumps to ${seq}`);
    if (held.has(opId)) wrong.push(`${opId} is in the log and held`);
    if (sent.get(opId)?.sha256 !== sha256) wrong.push(`${opId} is not what was sent`);
  });
  if (log.clock !== run.before + log.ops.length) {
    wrong.push(`${log.ops.length} facts after ${run.before}, and the clock says ${log.clock}`);
  }
  for (const { opId, seq } of acked.values()) {
    const found = ops.get(opId);
    const there = seq === null ? held.has(opId) : found !== undefined;
    if (!there) wrong.push(`ACKNOWLEDGED AND LOST: ${opId}, told ${seq ?? 'held'}`);
    else if (found !== undefined && found.seq !== seq) {
      wrong.push(`${opId} was told ${seq} and is at ${found.seq}`);
    }
  }
  return wrong;
}

/** Opens what a power cut left behind and says everything that is wrong with it. */
export async function judgeCut(
  folder: string,
  run: Recording,
  acked: ReadonlyMap<string, Told>,
): Promise<string[]> {
  const log = sqliteLog(folder, run.chapterId);
  const wrong: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.db')) {
      wrong.push(...openAndWrite(join(folder, name)).map((text) => `${name} ${text}`));
    }
  }
  return [...wrong, ...judgeLog(await log.read(run.before), run, acked)];
}
