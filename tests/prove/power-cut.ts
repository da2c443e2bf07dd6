import { type Dice, seededDice } from '#shared/kernel/random.ts';
import { makeCarelessServer } from './power/careless-server.ts';
import { chooseCut, type CutKind, findMoments } from './power/choose-cut.ts';
import { type CutFacts, TracedDisk } from './power/disk.ts';
import { judgeCut, judgeLog } from './power/judge-cut.ts';
import type { Keep } from './power/keep-some.ts';
import type { Told } from './power/read-trace.ts';
import { type Recording, recordRun } from './power/record-run.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import type { Prove, Size } from './prove.ts';
import { sqliteLog } from './real/chapter-log.ts';
import { PushRecord, sendAgain } from './real/hard-pushes.ts';
import { makeScratch, removeScratch } from './real/scratch.ts';
import { ServerProcess } from './real/server-process.ts';

const CLASSES = [
  'cut-between-write-and-sync',
  'cut-during-checkpoint',
  'cut-after-ack',
  'unsynced-dropped',
  'torn-sector',
  'writes-reordered',
  'folder-behind',
  'sent-again-after-it',
  'found-without-syncs',
] as const;
/** A log that has begun anew over its old pages: only in a run long enough. */
const LONG_CLASSES = [...CLASSES, 'cut-as-the-log-begins-anew'] as const;

/** What a cut is aimed at and what the disk makes of it, taken in turn. */
const AIMS: readonly (readonly [CutKind, Keep | null])[] = [
  ['log', 'sectors'],
  ['log', 'writes'],
  ['checkpoint', 'sectors'],
  ['answer', 'none'],
  ['folder', null],
  ['anywhere', null],
  ['checkpoint', 'writes'],
  ['log-anew', 'sectors'],
  ['log-anew', 'writes'],
];
/** What a short run does not come to. */
const SHORT_AIMS = AIMS.filter(([kind]) => kind !== 'log-anew');
/** So many cases share a run of the server. */
const CASES_A_RUN = 100;
interface Cut {
  readonly folder: string;
  readonly acked: ReadonlyMap<string, Told>;
  readonly facts: CutFacts;
  readonly fired: readonly (readonly [string, number])[];
  /** Words for where it was. */
  readonly where: string;
}

/** Plays the run up to a moment and writes what a disk could hold then. */
function cutPower(run: Recording, kind: CutKind, keep: Keep | null, dice: Dice): Cut {
  const count = chooseCut(findMoments(run.events), kind, dice);
  const disk = new TracedDisk(run.root, run.base);
  const acked = new Map<string, Told>();
  for (const event of run.events.slice(0, count)) {
    disk.play(event);
    if (event.kind === 'ack') for (const told of event.told) acked.set(told.opId, told);
  }
  const folder = makeScratch('cut');
  const facts = disk.cut(folder, dice, keep);
  const last = run.events[count - 1];
  const fired: (readonly [string, number])[] = [
    ['cut-between-write-and-sync', facts.pending > 0 ? 1 : 0],
    ['cut-during-checkpoint', kind === 'checkpoint' ? 1 : 0],
    ...(kind === 'log-anew' ? ([['cut-as-the-log-begins-anew', 1]] as const) : []),
    ['cut-after-ack', last?.kind === 'ack' ? 1 : 0],
    ['unsynced-dropped', facts.dropped],
    ['torn-sector', facts.torn],
    ['writes-reordered', facts.reordered],
    ['folder-behind', facts.namesLost],
  ];
  const where = `event ${count} of ${run.events.length} (${kind}, ${keep ?? 'any'}): ${JSON.stringify(facts)}`;
  return { folder, acked, facts, fired, where };
}

/** The real server on what the cut left, and every phone sending everything that it ever had. */
async function comeBack(run: Recording, cut: Cut, dice: Dice): Promise<string[]> {
  const server = await ServerProcess.make({ dataDir: cut.folder });
  const record = new PushRecord(run.before);
  try {
    await server.start();
    for (const { phone, ops } of run.sent) await sendAgain(phone, server.url, record, dice, ops);
  } finally {
    await server.kill();
  }
  const log = await sqliteLog(cut.folder, run.chapterId).read(run.before);
  record.checkAll(log, run.before);
  return [...record.wrong, ...judgeLog(log, run, cut.acked)];
}

/** One power cut of a recorded run, its recovery, and now and then the phones coming back. */
async function cutOnce(run: Recording, seed: number, size: Size): Promise<CaseEnd> {
  const dice = seededDice(seed);
  const aims = size === 'quick' ? SHORT_AIMS : AIMS;
  const [kind, keep] = aims[seed % aims.length] ?? ['anywhere', null];
  const cut = cutPower(run, kind, keep, dice);
  const wrong = await judgeCut(cut.folder, run, cut.acked);
  const fired = [...cut.fired];
  if (seed % 12 === 3) {
    wrong.push(...(await comeBack(run, cut, dice)));
    fired.push(['sent-again-after-it', 1]);
  }
  removeScratch(cut.folder);
  return {
    wrong: wrong.length > 0 ? [cut.where, ...wrong] : [],
    fired,
    counts: { 'acked-before-the-cut': cut.acked.size },
  };
}

/** The proof's own proof: a server that never syncs, cut right after an answer, must be caught. */
async function catchCareless(seed: number): Promise<CaseEnd> {
  const run = await recordRun({ seed, batches: 3, untilAnew: false, cli: makeCarelessServer() });
  const cut = cutPower(run, 'answer', 'none', seededDice(seed));
  const wrong = await judgeCut(cut.folder, run, cut.acked);
  removeScratch(cut.folder);
  const caught = wrong.some((text) => text.startsWith('ACKNOWLEDGED AND LOST'));
  return {
    wrong: caught ? [] : [`a server without syncs lost nothing (${cut.where})`, ...wrong],
    fired: [['found-without-syncs', caught ? 1 : 0]],
  };
}

/**
 * T6: a power cut. The real server on SQLite is traced while phones push; then the disk is built as
 * it could be at any moment of it, with what was not synced lost, torn and out of order, and opened.
 */
export const prove: Prove = async (options) => {
  let made: { readonly turn: number; readonly run: Recording } | null = null;
  const runFor = async (seed: number): Promise<Recording> => {
    const turn = Math.floor((seed - 1) / CASES_A_RUN);
    if (made?.turn !== turn) {
      made = {
        turn,
        run: await recordRun({ seed: turn, batches: 8, untilAnew: options.size !== 'quick' }),
      };
    }
    return made.run;
  };
  await proveCases(options, {
    test: 'power-cut',
    cases: { quick: 8, ci: 50, long: 1000 },
    classes: options.size === 'quick' ? CLASSES : LONG_CLASSES,
    run: async ({ seed, size }) =>
      seed % CASES_A_RUN === 1 ? catchCareless(seed) : cutOnce(await runFor(seed), seed, size),
  });
};
