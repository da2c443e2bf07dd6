import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { seededDice, type Dice } from '#shared/kernel/random.ts';
import type { OpResult, PushAnswer } from '#shared/sync/protocol.ts';
import type { Prove } from './prove.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import { callHttp } from './real/call-http.ts';
import { sqliteLog } from './real/chapter-log.ts';
import {
  openOldOutbox,
  type OldRelease,
  readReleases,
  type RecordedPush,
  resultsOf,
} from './real/old-release.ts';
import { RealPhone } from './real/real-phone.ts';
import { makeScratch, removeScratch } from './real/scratch.ts';
import { ServerProcess } from './real/server-process.ts';

const CLASSES = [
  'killed-while-booting',
  'killed-in-the-migration',
  'answered-before-sent-again',
  'queued-for-two-weeks',
  'batches-at-once',
  'outbox-of-the-old-app-opened',
] as const;

const SPEED = 25;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Bytes that wait in the chapter's write-ahead log: a migration that has begun has some. */
function walBytes(dataDir: string): number {
  const folder = join(dataDir, 'chapters');
  const name = readdirSync(folder).find((entry) => entry.endsWith('.db-wal'));
  return name === undefined ? 0 : statSync(join(folder, name)).size;
}

/** Starts the server and kills it: at any moment, or soon after it began to write. */
async function killWhileMigrating(
  server: ServerProcess,
  dice: Dice,
  fire: (fault: string) => void,
): Promise<void> {
  server.begin();
  if (dice.chance(0.3)) {
    await sleep(dice.whole(20, 500));
    fire('killed-while-booting');
  } else {
    const until = performance.now() + 20_000;
    while (walBytes(server.dataDir) === 0 && performance.now() < until) await sleep(0);
    if (dice.chance(0.5)) await sleep(dice.whole(0, 6));
    fire('killed-in-the-migration');
  }
  await server.kill();
}

async function send(
  url: string,
  { path, token, body }: RecordedPush,
): Promise<PushAnswer | string> {
  const answer = await callHttp(url, {
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (answer?.status !== 200) return `${answer?.status} ${answer?.text.slice(0, 300)}`;
  return JSON.parse(answer.text) as PushAnswer;
}

/** What was told of each operation, without whether it was a repeat. */
const wordOf = (result: OpResult): string => JSON.stringify({ ...result, repeat: undefined });

/** The app is updated on a phone with two weeks of unsent facts: the new one sends them all. */
async function drainOldOutbox(
  release: OldRelease,
  server: ServerProcess,
  dice: Dice,
): Promise<string[]> {
  const indexedDB = await openOldOutbox(release.outbox);
  const phone = new RealPhone({ url: () => server.url, speed: SPEED, dice, indexedDB });
  const before = await phone.outbox.listAll();
  const wrong: string[] = [];
  if (before.length !== release.outbox.ops.length) wrong.push('the old outbox was not read whole');
  phone.start();
  await phone.syncNow();
  if (!(await phone.drained(60_000))) {
    wrong.push(`${(await phone.unsent()).length} facts of the old app are stuck`);
  }
  if (!(await phone.fetchPacket())) wrong.push('the old phone cannot read its turf any more');
  for (const op of await phone.outbox.listAll()) {
    if (op.result?.status !== 'applied') wrong.push(`${op.opId} of the old app is ${op.state}`);
  }
  phone.close();
  return wrong;
}

/** One release's data under this version's server, and its phone coming back after two weeks. */
async function replay(release: OldRelease, dice: Dice, updated: boolean): Promise<CaseEnd> {
  const wrong: string[] = [];
  const fired = new Map<string, number>();
  const fire = (fault: string, times = 1): void =>
    void fired.set(fault, (fired.get(fault) ?? 0) + times);
  const dataDir = makeScratch('old');
  release.unpack(dataDir);
  const server = await ServerProcess.make({ dataDir });
  const log = sqliteLog(dataDir, release.chapterId);
  try {
    const before = await log.read(0);
    for (let i = dice.whole(1, 3); i > 0; i--) await killWhileMigrating(server, dice, fire);
    await server.start();

    const told = new Map<string, string>();
    const judge = (push: RecordedPush, answer: PushAnswer | string): void => {
      if (typeof answer === 'string') {
        wrong.push(`${release.name}: a push was refused: ${answer}`);
        return;
      }
      const results = new Map(answer.results.map((result) => [result.opId, result]));
      for (const { opId } of push.body.ops) {
        const result = results.get(opId);
        if (result === undefined) {
          wrong.push(`${release.name}: ${opId} has no result`);
          continue;
        }
        const word = wordOf(result);
        if ((told.get(opId) ?? word) !== word) {
          wrong.push(`${release.name}: ${opId} was told ${told.get(opId)}, then ${word}`);
        }
        told.set(opId, word);
        if (result.status !== 'applied') {
          wrong.push(`${release.name}: ${opId} is held: ${result.reason}`);
        }
      }
    };
    for (const { answer } of release.sent) {
      for (const result of resultsOf(answer)) told.set(result.opId, wordOf(result));
    }
    const all = [
      ...release.sent.map((push) => ({ push, fault: 'answered-before-sent-again' })),
      ...release.queued.map((push) => ({ push, fault: 'queued-for-two-weeks' })),
    ];
    if (updated) {
      fire('outbox-of-the-old-app-opened');
      wrong.push(...(await drainOldOutbox(release, server, dice)));
    }
    // In any order, and everything twice: the release's phone never heard the first answers.
    const order = [...all, ...all].map((one) => ({ one, at: dice.next() }));
    for (const { one } of order.sort((a, b) => a.at - b.at)) {
      const { push, fault } = one;
      fire(fault);
      judge(push, await send(server.url, push));
    }
    fire('batches-at-once');
    const answers = await Promise.all(all.map(({ push }) => send(server.url, push)));
    answers.forEach((answer, i) => {
      const one = all[i];
      if (one !== undefined) judge(one.push, answer);
    });

    await server.kill();
    const after = await log.read(0);
    const had = new Map(after.ops.map((op) => [op.opId, op]));
    for (const op of before.ops) {
      const now = had.get(op.opId);
      if (now?.seq !== op.seq || now.sha256 !== op.sha256) wrong.push(`${op.opId} changed`);
    }
    const made = all.flatMap(({ push }) => push.body.ops);
    for (const op of made) {
      if (had.get(op.opId)?.sha256 !== op.sha256) wrong.push(`${op.opId} is not in the log`);
    }
    if (after.count !== made.length || after.clock !== after.last || after.last !== after.count) {
      wrong.push(`${after.count} facts of ${made.length}, clock ${after.clock}`);
    }
    if (before.incarnation !== after.incarnation) wrong.push('the incarnation changed');
    wrong.push(...(await log.findDamage()));
    return { wrong, fired, counts: { ops: made.length } };
  } finally {
    await server.kill();
    removeScratch(dataDir);
  }
}

/** T10: every release's database and a phone of it, two weeks offline, against this server. */
export const prove: Prove = async (options) => {
  const releases = readReleases();
  await proveCases(options, {
    test: 'old-clients',
    cases: { quick: 2, ci: 15, long: 300 },
    classes: CLASSES,
    run: async ({ seed }) => {
      const release = releases[seed % releases.length];
      if (release === undefined) throw new Error('no release was recorded');
      return replay(release, seededDice(seed), seed % 2 === 0);
    },
  });
};
