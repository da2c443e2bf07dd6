// `npm run prove [-- NAME …]`: one JSON line a test on standard output, nothing else.
//   --quick | --long   each test for a moment | the nightly size, which can be stopped and resumed
//   --seed n           the first case's seed;  --cases n  so many cases (with --seed: replays one)
//   --shard i/n        this part of the cases, counted from 1
//   --state FOLDER     where red seeds and a long run's progress are kept (default .prove)
//   --jobs n           processes at the same time (default: one more than cores, since many wait)
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build, checkNode, fingerprint, install, root, SOURCES } from '../../server/prepare.mjs';

/** Longest first, so that none is left alone at the end. */
const NAMES = [
  'simulator',
  'kill',
  'mutants',
  'model',
  'browser',
  'network',
  'crash-points',
  'restore',
  'power-cut',
  'storms',
  'old-clients',
  'gap',
];
/** At the CI size the largest are cut in shards, each in a process of its own, and told as one. */
const PARTS = { simulator: 2, kill: 2, model: 2 };
/** A few cases of these go faster in one process: they run the same code, which warms up once. */
const TOGETHER = ['simulator', 'model', 'crash-points', 'storms'];
/** Thousands of cases leave much behind them at once: with this room it is tidied up a tenth quicker. */
const ROOM = ['--max-semi-space-size=64', '--expose-gc'];
/** How a test ends that was asked to stop before it was done. */
const STOPPED = 75;

const usage = (text) => {
  console.error(text);
  process.exit(2);
};

function readWords() {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const options = {
    quick: flag,
    long: flag,
    seed: text,
    cases: text,
    shard: text,
    state: text,
    jobs: text,
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0)
    usage(`There is no proof called ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  const shard = /^(\d+)\/(\d+)$/
    .exec(values.shard ?? '1/1')
    ?.slice(1)
    .map(Number);
  if (shard === undefined || shard[0] < 1 || shard[0] > shard[1])
    usage('--shard takes the part and the number of parts, such as 1/4.');
  const number = (name, least) => {
    if (values[name] === undefined) return null;
    const given = Number(values[name]);
    if (!Number.isSafeInteger(given) || given < least) usage(`--${name} takes a whole number.`);
    return given;
  };
  return {
    names: positionals.length > 0 ? NAMES.filter((name) => positionals.includes(name)) : NAMES,
    size: values.long ? 'long' : values.quick ? 'quick' : 'ci',
    seed: number('seed', 0) ?? 1,
    cases: number('cases', 1),
    shard: { index: shard[0] - 1, count: shard[1] },
    state: resolve(values.state ?? join(root, '.prove')),
    jobs: number('jobs', 1) ?? Math.min(6, availableParallelism() + 1),
  };
}

const words = readWords();
const oldRed = JSON.parse(readFileSync(join(root, 'tests/prove/red-seeds.json'), 'utf8'));
const tests = words.names.map((name) => {
  const whole = words.size !== 'ci' || words.cases !== null || words.shard.count > 1;
  const parts = whole ? 1 : (PARTS[name] ?? 1);
  return { name, parts, open: parts, lines: [], codes: [], began: 0 };
});
const together = words.size === 'quick' && words.cases === null ? TOGETHER : [];
const jobs = tests
  .filter(({ name }) => !together.includes(name))
  .flatMap((test) => Array.from({ length: test.parts }, (_, part) => ({ tests: [test], part })));
const joint = tests.filter(({ name }) => together.includes(name));
const left = joint.length > 0 ? [{ tests: joint, part: 0 }, ...jobs] : jobs;
const running = new Set();
const reds = [];
let failed = false;
let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  left.length = 0;
  for (const child of running) child.kill('SIGTERM');
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

/** What is wrong with a run, beyond what its cases found themselves. */
function judge(name, line, code) {
  if (code === STOPPED) return 'stopped before its end; the same command goes on';
  if (line === null) return `ended with ${code} before it had counted`;
  if (line.failures > 0) return `${line.failures} of ${line.cases} cases failed`;
  if (!(line.cases > 0)) return 'no case was run';
  if (words.cases !== null) return null;
  const unseen = Object.keys(line.faults).filter((fault) => !(line.faults[fault] > 0));
  if (Object.keys(line.faults).length === 0) return 'it names no fault class';
  return unseen.length > 0 ? `never happened: ${unseen.join(', ')}` : null;
}

const addUp = (all) => {
  const sums = {};
  for (const one of all)
    for (const [key, value] of Object.entries(one)) sums[key] = (sums[key] ?? 0) + value;
  return sums;
};

/** One line out of the lines of a test's parts; null when one of them has none. */
function merge(lines) {
  if (lines.includes(null)) return null;
  const [first] = lines;
  if (lines.length === 1) return first;
  const fields = lines.map(({ test: _t, faults: _f, seed: _s, trace: _h, ...counts }) => counts);
  const { cases, failures, ...counts } = addUp(fields);
  const faults = addUp(lines.map((line) => line.faults));
  const traces = lines.map((line) => line.trace ?? '').join();
  const trace = createHash('sha256').update(traces).digest('hex').slice(0, 16);
  const { test, seed } = first;
  const traced = first.trace === undefined ? {} : { trace };
  return { test, cases, faults, failures, seed, ...traced, ...counts };
}

/** One case is run from the sources, so that whatever it says names their lines. */
const asWritten = {
  words: ['--import', 'tsx'],
  env: {},
  fileOf: (name) => join(root, 'tests/prove', `${name}.ts`),
  remove: () => {},
};

/** Resolves to true when the command ends well; what it prints goes to `out`. */
async function run(args, out, env = {}) {
  const stdio = ['ignore', out, 'inherit'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio,
    env: { ...process.env, ...env },
  });
  running.add(child);
  const [code] = await once(child, 'close');
  running.delete(child);
  return code === 0;
}

/** The small chapter that most tests with a real server begin with: made once, copied by each. */
async function makeTown(folder) {
  const out = openSync(join(folder, 'loaded.json'), 'w');
  const words = ['demo', 'load', join(root, 'fixtures/larkfield'), '--chapter', 'town', '--json'];
  const cli = process.env.PROVE_CLI ?? join(root, 'dist/server/cli.js');
  const env = { DATA_DIR: join(folder, 'data'), DATABASE_URL: undefined };
  const went = await run([cli, ...words], out, env);
  closeSync(out);
  return went;
}

/** What a whole run begins with: its tests as a bundle, a town for servers, one for afternoons. */
async function makeReady(folder) {
  const town = join(folder, 'town');
  mkdirSync(town);
  const bundle = ['--import', 'tsx', 'tests/prove/bundle-tests.ts', folder, ...NAMES];
  const went = await Promise.all([run(bundle, 2), makeTown(town)]);
  const stage = [join(folder, 'proof/make-stage.mjs'), join(folder, 'stage')];
  if (went.every(Boolean) && (await run(stage, 2))) return;
  rmSync(folder, { recursive: true, force: true });
  usage('The tests could not be made ready. See the lines above.');
}

/**
 * A whole test is run from a bundle: each process would compile hundreds of sources otherwise. What
 * was made last is kept and used again while nothing has changed; each run has a
 * copy of its own, since another one may put something newer in its place.
 */
async function bundled() {
  const kept = join(root, '.prove/made');
  const folder = mkdtempSync(join(tmpdir(), 'homeground-proof-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const now = fingerprint([...SOURCES, 'tests']);
  const stamp = join(kept, 'stamp');
  const keeps = process.env.PROVE_CLI === undefined;
  if (keeps && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    cpSync(kept, folder, { recursive: true });
  } else {
    await makeReady(folder);
    if (keeps) keep(folder, kept, now);
  }
  const env = { PROOF_TOWN: join(folder, 'town'), PROOF_STAGE: join(folder, 'stage') };
  return { words: [], env, fileOf: (name) => join(folder, 'proof', `${name}.mjs`), remove };
}

/** Whole or not at all, whoever else keeps theirs at the same moment. */
function keep(folder, kept, now) {
  mkdirSync(dirname(kept), { recursive: true });
  const made = mkdtempSync(`${kept}-`);
  cpSync(folder, made, { recursive: true });
  writeFileSync(join(made, 'stamp'), now);
  rmSync(kept, { recursive: true, force: true });
  try {
    renameSync(made, kept);
  } catch {
    rmSync(made, { recursive: true, force: true });
  }
}

async function runPart({ tests: some, part }) {
  const { size, seed, cases, state } = words;
  const given = some.map(({ name, parts }) => {
    const shard = parts > 1 ? { index: part, count: parts } : words.shard;
    const module = pathToFileURL(sources.fileOf(name)).href;
    return { name, module, size, seed, cases, shard, state, oldRed: oldRed[name] ?? [] };
  });
  for (const test of some) if (test.began === 0) test.began = performance.now();
  const child = spawn(
    process.execPath,
    [...ROOM, ...sources.words, sources.fileOf('run-one'), JSON.stringify(given)],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...sources.env } },
  );
  running.add(child);
  const waiting = new Set(some);
  const end = (test, line, code) => {
    waiting.delete(test);
    test.lines[part] = line;
    test.codes.push(code);
    test.open -= 1;
    if (test.open === 0) tell(test);
    const [next] = waiting;
    if (line !== null && next !== undefined) next.began = performance.now();
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    const told = JSON.parse(text);
    if (told.red !== undefined) return void reds.push(told.red);
    const test = some.find(({ name }) => name === told.test);
    end(test, told, 0);
  });
  const code = await new Promise((done) => child.once('close', (c, signal) => done(c ?? signal)));
  running.delete(child);
  if (waiting.size === 0 && code !== 0) {
    failed = true;
    console.error(
      `${some.map(({ name }) => name).join(', ')}: counted, and then ended with ${code}`,
    );
  }
  for (const test of waiting) end(test, null, code);
}

function tell({ name, lines, codes, began }) {
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const code = codes.find((one) => one !== 0) ?? 0;
  const line = merge(lines);
  const fault = judge(name, line, code);
  if (fault !== null) {
    failed = true;
    console.error(`${name}: ${fault}`);
  }
  if (code === STOPPED) return;
  // A fault class that never fired, or a test that broke, is a failure like any other.
  const base = line ?? { test: name, cases: 0, faults: {}, failures: 0, seed: words.seed };
  const failures = fault === null ? base.failures : Math.max(1, base.failures);
  const { test, cases, faults, failures: _, ...rest } = base;
  const printed = { test, cases, faults, failures, ...rest, seconds };
  process.stdout.write(`${JSON.stringify(fault === null ? printed : { ...printed, fault })}\n`);
}

checkNode();
install();
// PROVE_CLI names a server that was built elsewhere, such as an installed one.
if (process.env.PROVE_CLI === undefined) build();
mkdirSync(words.state, { recursive: true });
const sources = words.cases === null ? await bundled() : asWritten;
await Promise.all(
  Array.from({ length: words.jobs }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await runPart(next);
  }),
);
sources.remove();
if (reds.length > 0) {
  const file = join(words.state, 'red-seeds.json');
  writeFileSync(file, `${JSON.stringify(reds, null, 2)}\n`);
  console.error(`Red cases are in ${file}.`);
}
process.exit(stopping ? STOPPED : failed ? 1 : 0);
