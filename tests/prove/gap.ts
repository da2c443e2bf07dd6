import './real/on-postgres.ts';
import { join } from 'node:path';
import pg from 'pg';
import { formatUuid } from '#shared/kernel/ids.ts';
import { type Dice, seededDice } from '#shared/kernel/random.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import { PostgresChapterDb } from '../../server/store/postgres-chapter-db.ts';
import { PostgresServer } from '../../server/store/postgres-server.ts';
import { type AcceptPush, makePushAcceptor, type PushDb } from '../../server/sync/accept-push.ts';
import { answerPull } from '../../server/sync/answer-pull.ts';
import { writeCursor } from '../../server/sync/cursor.ts';
import { CommitNotices } from '../../server/sync/notify.ts';
import {
  type MadeChapter,
  makeChapter,
  type MadeDevice,
  type MadeTurf,
} from '../scenario/make-chapter.ts';
import { makeOperation, makePush, resultKnock, seal } from '../scenario/make-operation.ts';
import type { Prove } from './prove.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import { PostgresCluster } from './real/postgres-cluster.ts';
import { makeScratch, removeScratch } from './real/scratch.ts';

const PROCESSES = 8;
const WRITERS = 64;
const READERS = 8;
const OPS_A_CASE = 1_000;
/** So many transactions at most are committed one after the other. */
const MOST_KEPT = 12;
const CLASSES = ['commit-delayed', 'rolled-back', 'connection-lost', 'read-while-writing'] as const;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A server process as far as the chapter can tell: connections, queues and an acceptor of its own. */
interface Process {
  readonly server: PostgresServer;
  readonly db: PostgresChapterDb;
  readonly slow: PushDb;
  readonly accept: AcceptPush;
}

interface Afternoon {
  dice: Dice;
  /** Transactions that have written and not committed yet. */
  open: number;
  /** Transactions since one was rolled back. */
  kept: number;
  fire(fault: (typeof CLASSES)[number]): void;
}

/** The handle with a commit that takes its time, or never comes. */
function slowDown(db: PostgresChapterDb, now: Afternoon): PushDb {
  return {
    id: db.id,
    read: db.read,
    inLog: (work) =>
      db.inLog(async (log) => {
        const done = await work(log);
        now.kept += 1;
        // Not left to chance alone: each case has it.
        if (now.dice.chance(0.15) || now.kept > MOST_KEPT) {
          now.kept = 0;
          now.fire('rolled-back');
          throw new Error('Rolled back by the proof.');
        }
        now.open += 1;
        try {
          if (now.dice.chance(0.7)) {
            now.fire('commit-delayed');
            await sleep(now.dice.whole(0, 12));
          }
        } finally {
          now.open -= 1;
        }
        return done;
      }),
  };
}

/** Reads the log page by page as a phone does, from the number that everybody had read before. */
class Reader {
  readonly wrong: string[] = [];
  readonly got: number[] = [];
  readonly #process: Process;
  readonly #device: MadeDevice;
  #cursor: string;

  constructor(process: Process, device: MadeDevice, cursor: string) {
    this.#process = process;
    this.#device = device;
    this.#cursor = cursor;
  }

  /** One page; true when there is more. */
  async pull(): Promise<boolean> {
    const device = { deviceKey: this.#device.deviceKey, standing: 'ok' as const };
    const page = await answerPull(this.#process.db, device, this.#cursor, Date.now());
    if (!page.ok) {
      this.wrong.push(`a cursor was refused: ${page.problem.code}`);
      return false;
    }
    this.#cursor = page.value.cursor;
    for (const { seq } of page.value.changes) {
      const last = this.got.at(-1);
      if (last !== undefined && seq <= last) this.wrong.push(`a reader got ${seq} after ${last}`);
      this.got.push(seq);
    }
    return page.value.more;
  }
}

/** The chapter on PostgreSQL with its processes, its phones and one turf that all of them walk. */
class Stage {
  readonly now: Afternoon = { dice: seededDice(0), open: 0, kept: 0, fire: () => {} };
  readonly #cluster: PostgresCluster;
  readonly #made: MadeChapter;
  readonly #turf: MadeTurf;
  readonly #devices: readonly MadeDevice[];
  readonly #processes: readonly Process[];
  readonly #folder: string;
  #localSeq = 0;

  private constructor(
    cluster: PostgresCluster,
    made: MadeChapter,
    turf: MadeTurf,
    devices: readonly MadeDevice[],
    servers: readonly { server: PostgresServer; db: PostgresChapterDb }[],
    folder: string,
  ) {
    this.#cluster = cluster;
    this.#made = made;
    this.#turf = turf;
    this.#devices = devices;
    this.#folder = folder;
    this.#processes = servers.map(({ server, db }) => ({
      server,
      db,
      slow: slowDown(db, this.now),
      accept: makePushAcceptor(new CommitNotices()),
    }));
  }

  static async make(): Promise<Stage> {
    const cluster = await PostgresCluster.make();
    process.env['TEST_DATABASE_URL'] = cluster.url;
    const made = await makeChapter(1);
    const turf = await made.addTurf(await made.addDoors(20));
    const devices: MadeDevice[] = [];
    while (devices.length < WRITERS) devices.push(await made.addDevice([turf]));
    const first = made.db();
    if (first.engine !== 'postgres') throw new Error('The gap test is for PostgreSQL.');
    const folder = makeScratch('gap');
    const servers = await Promise.all(
      Array.from({ length: PROCESSES }, async (_, i) => {
        const server = await PostgresServer.open('main', first.server.url, 6);
        const files = join(folder, String(i));
        return { server, db: await PostgresChapterDb.open(first.id, server, files) };
      }),
    );
    return new Stage(cluster, made, turf, devices, servers, folder);
  }

  async #makeOps(device: MadeDevice, count: number): Promise<SealedOp[]> {
    const ops: SealedOp[] = [];
    for (let i = 0; i < count; i++) {
      this.#localSeq += 1;
      const payload = resultKnock(this.now.dice.pick(this.#turf.doors), 'not-home');
      const wish = { device, turf: this.#turf, type: 'knock' as const, payload };
      ops.push(await seal(makeOperation(this.#made, { ...wish, localSeq: this.#localSeq })));
    }
    return ops;
  }

  /** One phone's facts in small pushes; what was rolled back or lost is sent again. */
  async #write(writer: number, count: number, sent: Map<string, number | null>): Promise<void> {
    const device = this.#devices[writer];
    const one = this.#processes[writer % PROCESSES];
    if (device === undefined || one === undefined) throw new Error('no such writer');
    const from = {
      deviceKey: device.deviceKey,
      deviceId: device.deviceId,
      memberId: device.member.id,
    };
    const ops = await this.#makeOps(device, count);
    for (const op of ops) sent.set(op.opId, null);
    while (ops.length > 0) {
      const batch = ops.slice(0, this.now.dice.whole(1, 6));
      try {
        const push = makePush(this.#made, device, batch);
        const answer = await one.accept(one.slow, from, push, Date.now());
        for (const result of answer.results) {
          sent.set(result.opId, result.status === 'applied' ? result.seq : -1);
        }
        ops.splice(0, batch.length);
      } catch {
        await sleep(this.now.dice.whole(1, 10));
      }
    }
  }

  /** Cuts connections that are in the middle of a transaction, until told to stop. */
  async #cutConnections(stopped: () => boolean): Promise<void> {
    const client = new pg.Client({ connectionString: this.#cluster.url });
    await client.connect();
    while (!stopped()) {
      await sleep(this.now.dice.whole(100, 300));
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'homeground' and state = 'idle in transaction'
            and xact_start is not null limit 1`,
      );
      if ((rowCount ?? 0) > 0) this.now.fire('connection-lost');
    }
    await client.end();
  }

  async run(seed: number): Promise<CaseEnd> {
    const fired = new Map<string, number>();
    this.now.dice = seededDice(seed);
    this.now.fire = (fault) => void fired.set(fault, (fired.get(fault) ?? 0) + 1);
    const db = this.#made.db();
    const chapter = await db.read.selectFrom('chapter').selectAll().executeTakeFirstOrThrow();
    const { seq: before } = await db.read
      .selectFrom('clock')
      .select('seq')
      .executeTakeFirstOrThrow();
    const { incarnation, secret } = chapter;
    const cursor = writeCursor(
      { chapterId: db.id, incarnation, turfIds: [this.#turf.id], seq: before },
      secret,
    );
    const readers = Array.from({ length: READERS }, (_, i) => {
      const [process, device] = [this.#processes[i % PROCESSES], this.#devices[i]];
      if (process === undefined || device === undefined) throw new Error('no such reader');
      return new Reader(process, device, cursor);
    });
    const writing = { done: false };
    const reading = readers.map(async (reader) => {
      while (!writing.done) {
        if (this.now.open > 0) this.now.fire('read-while-writing');
        // A connection that was cut under a reader is the next page's to replace.
        await reader.pull().catch(() => false);
        await sleep(this.now.dice.whole(0, 8));
      }
    });
    const cutting = this.#cutConnections(() => writing.done);
    const sent = new Map<string, number | null>();
    const each = Math.ceil(OPS_A_CASE / WRITERS);
    await Promise.all(Array.from({ length: WRITERS }, (_, i) => this.#write(i, each, sent)));
    writing.done = true;
    await Promise.all([...reading, cutting]);
    for (const reader of readers) while (await reader.pull());
    const wrong = readers.flatMap((reader) => reader.wrong);
    wrong.push(...(await this.#compare(before, sent, readers)));
    return { wrong, fired, counts: { ops: sent.size } };
  }

  async #compare(
    before: number,
    sent: ReadonlyMap<string, number | null>,
    readers: readonly Reader[],
  ): Promise<string[]> {
    const wrong: string[] = [];
    const { read } = this.#made.db();
    const rows = await read
      .selectFrom('ops')
      .select(['seq', 'op_id'])
      .where('seq', '>', before)
      .orderBy('seq')
      .execute();
    rows.forEach(({ seq }, i) => {
      if (seq !== before + 1 + i)
        wrong.push(`the log has ${seq} in the place of ${before + 1 + i}`);
    });
    const { seq: clock } = await read.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
    if (clock !== before + rows.length) wrong.push(`the clock says ${clock} after ${rows.length}`);
    if (rows.length !== sent.size) wrong.push(`${sent.size} were sent, ${rows.length} are there`);
    for (const { seq, op_id } of rows) {
      const told = sent.get(formatUuid(op_id));
      if (told !== seq) wrong.push(`the fact at ${seq} was told ${String(told)}`);
    }
    const all = rows.map((row) => row.seq).join();
    for (const { got } of readers) {
      if (got.join() !== all) wrong.push(`a reader got ${got.length} of ${rows.length} facts`);
    }
    return wrong;
  }

  async remove(): Promise<void> {
    for (const { db, server } of this.#processes) {
      await db.close();
      await server.close();
    }
    await this.#made.remove();
    await this.#cluster.remove();
    removeScratch(this.#folder);
  }
}

/**
 * T9: 64 writers in 8 processes on one PostgreSQL chapter, commits that are delayed, rolled back and
 * cut off, and 8 readers behind them: no cursor ever passes what it has not read.
 */
export const prove: Prove = async (options) => {
  const stage = await Stage.make();
  try {
    await proveCases(options, {
      test: 'gap',
      cases: { quick: 1, ci: 10, long: 1000 },
      classes: CLASSES,
      run: ({ seed }) => stage.run(seed),
    });
  } finally {
    await stage.remove();
  }
};
