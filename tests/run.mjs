// `npm run check` and `npm test`: set-up, every suite, and one line that adds up what truly ran.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, install, root } from '../server/prepare.mjs';

const all = process.argv[2] === 'all';
const bin = (name) => join(root, 'node_modules/.bin', name);
const PREPARE = new URL('../server/prepare.mjs', import.meta.url).href;
const scratch = mkdtempSync(join(tmpdir(), 'homeground-tests-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command to its end; what it said is printed whole then, since others run beside it. */
function step(
  title,
  command,
  args,
  { env = {}, stdio = ['ignore', 'pipe', 'pipe'], nice = 0 } = {},
) {
  const began = process.hrtime.bigint();
  const said = [];
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio,
      env: { ...process.env, FORCE_COLOR: '0', ...env },
    });
    if (nice > 0 && child.pid !== undefined) setPriority(child.pid, nice);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      const seconds = Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000;
      const went = status === 0 ? 'passed' : 'FAILED';
      process.stdout.write(`\n— ${title}\n${Buffer.concat(said).toString()}`);
      console.log(`— ${title}: ${went} in ${seconds.toFixed(1)} s`);
      resolve(status === 0);
    });
  });
}

/** A check that has no tests of its own to count. */
async function check(title, command, args) {
  totals[(await step(title, command, args)) ? 'passed' : 'failed'] += 1;
}

/** Two at a time, each on half of the machine: the end of one leaves no core with nothing to do. */
async function sideBySide(steps) {
  const left = [...steps];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next();
  };
  await Promise.all([lane(), lane()]);
}
const HALF = Math.max(1, Math.floor(availableParallelism() / 2));

function report(title) {
  return join(scratch, `${title.replaceAll(/\W+/g, '-')}.json`);
}

/** Adds a suite's own counts; a suite that broke before it counted is one failure. */
function count(went, file, read) {
  const found = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : null;
  if (found === null || (!went && found.failed === 0)) totals.failed += 1;
  if (found === null) return;
  for (const key of Object.keys(totals)) totals[key] += found[key];
}

async function vitest(title, projects, env, leftOut = []) {
  const file = report(title);
  const picked = projects.flatMap((project) => ['--project', project]);
  const args = [
    'run',
    ...picked,
    ...leftOut.flatMap((files) => ['--exclude', files]),
    `--maxWorkers=${HALF}`,
    // What one suite made of a source, the next one of the same run need not make again.
    '--experimental.fsModuleCache',
    `--experimental.fsModuleCachePath=${join(scratch, 'modules')}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const went = await step(title, bin('vitest'), args, { env });
  count(went, file, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
}

async function playwright() {
  const file = report('browser');
  const went = await step(
    'browser',
    bin('playwright'),
    ['test', '--config', 'tests/e2e/playwright.config.ts'],
    { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
  );
  count(went, file, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/**
 * The proof at its CI size: each case counts as a test, and so does a fault class that never fired.
 * It gives way to the stories that are told beside it, which wait more than they work.
 */
async function prove() {
  const file = report('the proof');
  const out = openSync(file, 'w');
  const words = ['tests/prove/run.mjs'];
  // How far it is goes straight to the terminal.
  const went = await step('the proof', process.execPath, words, {
    stdio: ['ignore', out, 'inherit'],
    nice: constants.priority.PRIORITY_BELOW_NORMAL,
  });
  closeSync(out);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  process.stdout.write(`${lines.join('\n')}\n`);
  let failed = 0;
  for (const { cases, failures } of lines.map((line) => JSON.parse(line))) {
    totals.passed += Math.max(0, cases - failures);
    failed += failures;
  }
  totals.failed += !went && failed === 0 ? 1 : failed;
}

/** The app and the server, made beside the last of the suites: half of it keeps one core alone busy. */
async function buildBeside() {
  const words = `import(${JSON.stringify(PREPARE)}).then(({ build }) => build())`;
  if (!(await step('the build', process.execPath, ['-e', words]))) totals.failed += 1;
}

/** The suites of the server on the other engine: in continuous integration it must be there. */
async function onPostgres() {
  if (process.env.POSTGRES_BIN !== undefined || existsSync('/usr/lib/postgresql')) {
    await vitest('api tests and scenarios on PostgreSQL', ['postgres'], { TZ: 'UTC' });
    return;
  }
  console.log('\n— NOT RUN: the tests on PostgreSQL. Install it: apt-get install postgresql');
  totals[process.env.CI === undefined ? 'skipped' : 'failed'] += 1;
}

/**
 * The costliest of what reads no calendar and no clock of this machine: the same in every zone. Dates
 * have tests of their own, which run in each.
 */
const IN_NO_ZONE = [
  'fixtures/town/**',
  'client/lock/vault.test.ts',
  'client/shell/keep-version.test.ts',
  'server/cli/roll-inspect.test.ts',
  'server/store/{migrate,sqlite}.test.ts',
  'tests/property/{no-contact,roll-import,roll-refresh,town}.test.ts',
  'tests/rooms/**',
];

checkNode();
install();
await sideBySide([
  () => check('format', bin('prettier'), ['--check', '--log-level=warn', '.']),
  () => check('lint', bin('oxlint'), ['--type-aware', '--deny-warnings']),
  ...['shared', 'server', 'client', 'client/worker', 'tests'].map(
    // Several checkers learn the same types anew, each for itself: one takes half of the processor.
    (room) => () => check(`types of ${room}`, bin('tsc'), ['-p', room, '--singleThreaded']),
  ),
  // It writes the catalogues anew, which the suites read: it is done before they begin.
  () => check('messages', process.execPath, ['tests/check-messages.mjs']),
]);
// The longest first, so that the two end together.
await sideBySide([
  onPostgres,
  () => vitest('unit, property and api tests', ['unit', 'property', 'api'], { TZ: 'UTC' }),
  () => vitest('scenarios', ['scenario'], {}),
  ...[
    ['far west', 'Pacific/Pago_Pago', '2'],
    ['far east', 'Pacific/Kiritimati', '3'],
  ].map(
    ([where, TZ, FC_SEED]) =>
      () =>
        vitest(
          `unit and property tests ${where}`,
          ['unit', 'property'],
          { TZ, FC_SEED },
          IN_NO_ZONE,
        ),
  ),
  ...(all ? [buildBeside] : []),
]);
if (all) {
  await Promise.all([playwright(), prove()]);
}
rmSync(scratch, { recursive: true, force: true });
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exit(totals.failed === 0 ? 0 : 1);
