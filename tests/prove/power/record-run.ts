import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import { sqliteLog } from '../real/chapter-log.ts';
import { PushRecord, pushUntilDead } from '../real/hard-pushes.ts';
import { makeProofTown } from '../real/proof-town.ts';
import { RawPhone } from '../real/raw-phone.ts';
import { makeScratch, removeScratch } from '../real/scratch.ts';
import { ServerProcess } from '../real/server-process.ts';
import { TracedDisk } from './disk.ts';
import { type DiskEvent, readTrace } from './read-trace.ts';
import { checkStrace, straceWords, traceEnd } from './strace.ts';

/** Everything that a server told its disk and its phones in one run, in its order. */
export interface Recording {
  readonly root: string;
  readonly chapterId: string;
  /** The databases before it, all of it on the disk. */
  readonly base: ReadonlyMap<string, Buffer>;
  readonly events: readonly DiskEvent[];
  /** What phones sent, by the phone. */
  readonly sent: readonly { readonly phone: RawPhone; readonly ops: readonly SealedOp[] }[];
  /** The chapter's last number before it. */
  readonly before: number;
}

export interface RecordWish {
  readonly seed: number;
  /** How many batches each phone pushes in each of the two lives of the server. */
  readonly batches: number;
  /** More of them in the second, until the log begins anew over its old pages. */
  readonly untilAnew: boolean;
  readonly cli?: string;
}

const PHONES = 6;
/** About twice what it takes for the log to begin anew. */
const MOST_ROUNDS = 40;

function readDatabases(root: string): Map<string, Buffer> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.db(-wal|-journal)?$/.test(name))
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [path, readFileSync(path)]));
}

/** How often a log has begun anew, as it says itself. */
function turnOf(wal: string): number {
  const bytes = existsSync(wal) ? readFileSync(wal) : Buffer.alloc(0);
  return bytes.length < 32 ? 0 : bytes.readUInt32BE(12);
}

/** Where the files differ from what the trace comes to; null when nowhere. */
function findDifference(run: Pick<Recording, 'root' | 'base' | 'events'>): string | null {
  const disk = new TracedDisk(run.root, run.base);
  for (const event of run.events) disk.play(event);
  const [seen, real] = [disk.seen(), readDatabases(run.root)];
  const paths = [...new Set([...seen.keys(), ...real.keys()])];
  return (
    paths.find((path) => real.get(path)?.equals(seen.get(path) ?? Buffer.of(0)) !== true) ?? null
  );
}

/** The played trace must come to exactly the files that are there, or it proves nothing. */
function readTrue(trace: string, root: string, base: ReadonlyMap<string, Buffer>): DiskEvent[] {
  const { events, halfDone } = readTrace(trace, root, base.keys());
  const other = findDifference({ root, base, events });
  if (other === null) return events;
  const without = events.slice(0, -1);
  if (halfDone && findDifference({ root, base, events: without }) === null) return without;
  throw new Error(`The trace does not come to ${other} as it is.`);
}

/**
 * Runs the real server on SQLite under strace: phones push, it is closed, started again, pushed to
 * again, and killed. Throws when the trace is not the whole truth of it.
 */
export async function recordRun(wish: RecordWish): Promise<Recording> {
  const { seed, batches, untilAnew, cli } = wish;
  checkStrace();
  const dataDir = makeScratch('power');
  const scratch = makeScratch('trace');
  const trace = join(scratch, 'calls');
  const dice = seededDice(seed);
  const plain = await ServerProcess.make({ dataDir });
  const town = await makeProofTown(plain);
  const phones: RawPhone[] = [];
  for (let i = 0; i < PHONES; i++) {
    const turf = town.turfs[i % town.turfs.length];
    if (turf === undefined) throw new Error('a town without turf');
    const wish = { turf, dice, random: seededBytes(dice), proto: 2 } as const;
    phones.push(await RawPhone.join(plain.url, `Phone ${i + 1}`, wish));
  }
  await plain.stop();
  const base = readDatabases(dataDir);
  const log = sqliteLog(dataDir, town.chapterId);
  const before = (await log.read(Number.MAX_SAFE_INTEGER)).clock;

  const server = await ServerProcess.make({
    dataDir,
    under: straceWords(trace),
    ...(cli !== undefined && { cli }),
  });
  const record = new PushRecord(before);
  const sent = new Map(phones.map((phone): [RawPhone, SealedOp[]] => [phone, []]));
  const wal = join(dataDir, 'chapters', `${town.chapterId}.db-wal`);
  const load = (): Promise<unknown> =>
    Promise.all(
      phones.map(async (phone) => {
        sent.get(phone)?.push(...(await pushUntilDead(phone, server.url, record, dice, batches)));
      }),
    );
  for (const end of ['stop', 'kill'] as const) {
    await server.start();
    const { pid } = server;
    await load();
    if (end === 'kill' && untilAnew) {
      const turn = turnOf(wal);
      for (let round = 0; turnOf(wal) === turn; round++) {
        if (round > MOST_ROUNDS) throw new Error('The log never began anew.');
        await load();
      }
    }
    await server[end]();
    await traceEnd(trace, pid);
  }
  if (record.wrong.length > 0) throw new Error(record.wrong.slice(0, 5).join('\n'));
  const events = readTrue(trace, dataDir, base);
  const told = new Set(events.flatMap((e) => (e.kind === 'ack' ? e.told.map((t) => t.opId) : [])));
  for (const ops of sent.values()) {
    const missing = ops.filter((op) => record.isAcked(op) && !told.has(op.opId));
    if (missing.length > 0) throw new Error(`The trace lacks ${missing.length} acknowledgements.`);
  }
  removeScratch(scratch);
  removeScratch(dataDir);
  return {
    root: dataDir,
    chapterId: town.chapterId,
    base,
    events,
    sent: [...sent].map(([phone, ops]) => ({ phone, ops })),
    before,
  };
}
