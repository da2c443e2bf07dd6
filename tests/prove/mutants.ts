import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { runSchedule } from '../scenario/sim/run-schedule.ts';
import { World } from '../scenario/sim/world.ts';
import { type Bug, BUGS, type Edit } from './mutants/bugs.ts';
import type { Found, Hunt, Try } from './mutants/kill.ts';
import { failsIn } from './mutants/run-told.ts';
import { proveCases } from './prove-cases.ts';
import type { ProveOptions } from './prove.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What the simulator and the tests that are run alone need of the tree. */
const PARTS = [
  'shared',
  'fixtures',
  'server',
  'client',
  'tests',
  'package.json',
  'tsconfig.base.json',
  'lingui.config.ts',
  'vite.config.ts',
  'client-parts.ts',
  'number-words.ts',
  'open-directly.ts',
  'vitest.config.ts',
];
const LEFT_OUT = /\/(screenshots|e2e|bench|node_modules)(\/|$)/;
/** A bug that lives through so many afternoons and storms has survived. */
const MOST = 800;
/** Longer than the longest hunt on a busy machine, in ms: only what hangs is given up. */
const PATIENCE = 900_000;

/** What found each bug the last time, tried first: a hunt of many afternoons needs doing only once. */
const KILLS = JSON.parse(
  readFileSync(join(import.meta.dirname, 'mutants/kills.json'), 'utf8'),
) as Readonly<Record<string, Try>>;

function copyTree(): string {
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'homeground-bug-'));
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(root, part), {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(path),
    });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Puts the bug in, and gives back how to take it out again. */
function putIn(root: string, edits: readonly Edit[]): () => void {
  const before = new Map<string, string>();
  for (const { file, find, put } of edits) {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    if (!before.has(path)) before.set(path, text);
    const parts = text.split(find);
    if (parts.length !== 2) {
      throw new Error(`The bug has no place in ${file}: ${parts.length - 1} times “${find}”`);
    }
    writeFileSync(path, parts.join(put));
  }
  return () => {
    for (const [path, text] of before) writeFileSync(path, text);
  };
}

/** What found the bug; null when nothing did. */
async function hunt(root: string, wish: Hunt): Promise<Found | null> {
  const entries = { kill: join(root, 'tests/prove/mutants/kill.ts') };
  const out = join(root, 'hunt');
  await bundle({ root, entries, out, packages: 'outside' });
  const args = [join(out, 'kill.mjs'), JSON.stringify(wish)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, cried] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (cried += text.toString()));
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      clearTimeout(patience);
      if (code === 0) resolve(JSON.parse(said) as Found | null);
      else reject(new Error(`The hunt ended with ${code}: ${cried.slice(0, 600)}`));
    });
  });
}

async function tryBug(
  root: string,
  bug: Bug,
  sane: World,
  say: (text: string) => void,
): Promise<readonly string[]> {
  const takeOut = putIn(root, bug.edits);
  if (bug.told !== undefined) {
    const told = await failsIn(root, bug.told).finally(takeOut);
    return told ? [] : [`${bug.name} is not told by “${bug.told.name}” (${bug.rebuilds})`];
  }
  const first = KILLS[bug.name] ?? null;
  let found: Found | null;
  try {
    found = await hunt(root, { most: MOST, first });
  } finally {
    takeOut();
  }
  if (found === null) return [`${bug.name} survived ${MOST} schedules (${bug.rebuilds})`];
  // What is wrong without the bug as well does not tell that it was found.
  const { kind, seed, start, after } = found;
  if (first === null || after > 1) {
    const by = JSON.stringify({ kind, seed, start });
    say(`${bug.name} was found by ${by} after ${after}: kills.json may say so`);
  }
  const { wrong } = await runSchedule(sane, seed, kind, start);
  return wrong.length === 0 ? [] : [`${kind} ${seed} is red without any bug: ${wrong.join(', ')}`];
}

/**
 * T4: bugs of other engines, each put into a copy of the tree and looked for with the simulator
 * until it is found, or with the one test that is there for it. One that survives is a failure: then the proof would not see it either.
 */
export async function prove(options: ProveOptions): Promise<void> {
  const root = copyTree();
  const sane = await World.open();
  const quick = BUGS.filter((_, i) => i % 12 === 0);
  const bugs = options.size === 'quick' ? quick : BUGS;
  await proveCases(options, {
    test: 'mutants',
    cases: { quick: quick.length, ci: BUGS.length, long: BUGS.length },
    classes: bugs.map((bug) => bug.name),
    run: async ({ seed }) => {
      // By the seed, so that a bug that survived is tried again by its seed alone.
      const bug = bugs[(seed + bugs.length - 1) % bugs.length];
      if (bug === undefined) throw new RangeError(`There are ${bugs.length} bugs.`);
      const wrong = await tryBug(root, bug, sane, options.say);
      return { wrong, fired: [[bug.name, 1]], counts: { killed: wrong.length === 0 ? 1 : 0 } };
    },
  });
  await sane.close();
  rmSync(root, { recursive: true, force: true });
}
