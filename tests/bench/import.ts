import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { VOTERS_A_DOOR } from '../../fixtures/town/make-town.ts';
import { writeTown } from '../../fixtures/town/write-town.ts';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { DEMO_TERMS } from '#shared/model/rules.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import { isBlankRow, readRows } from '../../server/roll/read-rows.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { BulkInsert } from '../../server/store/bulk-insert.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { type BenchOptions, median, round } from './line.ts';
import { writeCounty } from './write-county.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(root, 'dist/server/cli.js');
const SLUG = 'bench-town';
/** Milliseconds that nobody else may have to wait for a write while a roll is imported. */
const LONGEST_WAIT = 250;
/** MiB of the whole process at its peak, for a million rows. */
const MOST_MEMORY = 350;

/** A folder with a server's data: one chapter that has the town's map and no roll yet. */
async function makeData(townDir: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  await withChapter(dataDir, townDir, () => Promise.resolve());
  return dataDir;
}

async function withChapter<T>(
  dataDir: string,
  townDir: string,
  work: (db: ChapterDb, voters: string) => Promise<T>,
): Promise<T> {
  const registry = SqliteRegistry.open(dataDir);
  const means = { registry, clock: Date.now, random: seededBytes(seededDice(1)) };
  const about = { name: 'Bench', timeZone: 'America/New_York', campaign: 'Spring', demo: false };
  const made = await createChapter({ slug: SLUG, ...about }, means);
  if (!made.ok) throw new Error(made.problem.code);
  const { place, voters } = findRollFiles(townDir);
  const loaded = await loadPlace(made.value.db, place);
  if (!loaded.ok || voters === null) throw new Error('The town has no map or no voter file.');
  try {
    return await work(made.value.db, voters);
  } finally {
    await registry.close();
  }
}

/** Nothing of the file is left out. */
const TERMS = [
  '--state',
  'US-OH',
  '--purpose',
  'political',
  '--server',
  'us',
  '--terms',
  'not-known',
];

interface Run {
  readonly seconds: number;
  readonly peakMiB: number;
}

/** The whole command in a process of its own, from its start to its end. */
async function runOurs(townDir: string, voters: string): Promise<Run> {
  const dataDir = await makeData(townDir);
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [CLI, 'roll', 'import', voters, '--chapter', SLUG, '--json', ...TERMS],
    {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  let peakMiB = 0;
  const watch = setInterval(() => {
    const path = `/proc/${child.pid}/status`;
    if (!existsSync(path)) return;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1];
    if (peak !== undefined) peakMiB = Number(peak) / 1024;
  }, 20);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1000;
  rmSync(dataDir, { recursive: true, force: true });
  if (code !== 0) throw new Error(`The import ended with code ${String(code)}.`);
  return { seconds, peakMiB };
}

function findSqlite3(): boolean {
  try {
    execFileSync('sqlite3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The limit: the rows as they are into one table without an index. */
function runLimit(voters: string, shell: boolean): number {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  const path = join(dir, 'limit.db');
  const began = performance.now();
  if (shell) {
    execFileSync('sqlite3', [path, '-cmd', '.mode csv', `.import ${voters} roll`]);
  } else insertPlainly(voters, path);
  const seconds = (performance.now() - began) / 1000;
  rmSync(dir, { recursive: true });
  return seconds;
}

function insertPlainly(voters: string, path: string): void {
  const sqlite = openSqlite(path);
  let insert: BulkInsert | null = null;
  let width = 0;
  for (const { rows } of readRows(voters, { encoding: 'utf-8', delimiter: ',' })) {
    sqlite.exec('begin');
    for (const cells of rows) {
      if (insert === null) {
        width = cells.length;
        const columns = cells.map((_, i) => `c${i}`);
        sqlite.exec(`create table roll (${columns.join(', ')})`);
        insert = new BulkInsert(sqlite, 'insert into roll', columns);
      } else if (!isBlankRow(cells) && cells.length === width) insert.add(...cells);
    }
    insert?.flush();
    sqlite.exec('commit');
  }
  sqlite.close();
}

/** The longest time that another writer of the chapter waited while the roll was imported. */
async function measureWait(townDir: string): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  try {
    return await withChapter(dataDir, townDir, async (db, voters) => {
      let worst = 0;
      const over = new AbortController();
      const others = (async () => {
        while (!over.signal.aborted) {
          const began = performance.now();
          await db.write((trx) => trx.updateTable('clock').set({ seq: 0 }).execute());
          worst = Math.max(worst, performance.now() - began);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      const means = { clock: Date.now, random: seededBytes(seededDice(2)) };
      const ended = await importRollFile(db, voters, { ...means, terms: DEMO_TERMS });
      over.abort();
      await others;
      if (!ended.ok || ended.value.state !== 'done') throw new Error('The import failed.');
      return worst;
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Rows of one case, and how often it is run. */
interface Size {
  readonly rows: number;
  readonly rounds: number;
}

const SIZES: readonly Size[] = [
  { rows: 10_000, rounds: 3 },
  { rows: 100_000, rounds: 3 },
  { rows: 1_000_000, rounds: 1 },
];
const QUICK: readonly Size[] = [
  { rows: 10_000, rounds: 2 },
  { rows: 30_000, rounds: 1 },
];
/** Rows of the largest roll that is one town; a larger one is a county of towns. */
const LARGEST_TOWN = 100_000;
/** Towns of the county: 400,000 addresses for a million rows. */
const COPIES = 14;

/** Writes the map and the roll of a case; gives the folder. */
function writeCase(rows: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  const town = Math.min(rows, LARGEST_TOWN);
  const doors = Math.round(town / VOTERS_A_DOOR);
  const larkfield = join(root, 'fixtures/larkfield');
  if (rows <= LARGEST_TOWN) {
    writeTown(larkfield, dir, { seed: 42, doors });
    return dir;
  }
  const townDir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  writeTown(larkfield, townDir, { seed: 42, doors });
  writeCounty(townDir, dir, { copies: COPIES, rows });
  rmSync(townDir, { recursive: true });
  return dir;
}

async function benchSize({ rows, rounds }: Size, print: BenchOptions['print']): Promise<void> {
  const townDir = writeCase(rows);
  const { voters } = findRollFiles(townDir);
  if (voters === null) throw new Error('The town has no voter file.');
  const shell = findSqlite3();
  const ours: Run[] = [];
  const limits: number[] = [];
  for (let i = 0; i < rounds; i++) {
    limits.push(runLimit(voters, shell));
    ours.push(await runOurs(townDir, voters));
  }
  const wait = await measureWait(townDir);
  rmSync(townDir, { recursive: true, force: true });

  const rate = (seconds: readonly number[]): number => rows / median(seconds);
  const value = rate(ours.map(({ seconds }) => seconds));
  const limit = rate(limits);
  const peak = median(ours.map(({ peakMiB }) => peakMiB));
  const about = { bench: 'import', case: `VAN export, ${rows.toLocaleString('en')} rows` };
  print({
    ...about,
    figure: 'rows_per_s',
    value: round(value),
    unit: '1/s',
    against: shell
      ? 'sqlite3 .import, no index'
      : 'our driver, plain insert of parsed rows, no index',
    againstValue: round(limit),
    ratio: round(value / limit),
    n: rounds,
  });
  print({
    ...about,
    figure: 'peak_rss',
    value: round(peak),
    unit: 'MiB',
    against: 'goal for 1,000,000 rows',
    againstValue: MOST_MEMORY,
    ratio: round(MOST_MEMORY / peak),
    n: rounds,
  });
  print({
    ...about,
    figure: 'longest_wait_of_another_writer',
    value: round(wait),
    unit: 'ms',
    against: 'goal',
    againstValue: LONGEST_WAIT,
    ratio: round(LONGEST_WAIT / wait),
    n: 1,
  });
}

/**
 * `npm run bench -- import`: rows a second of rolls mapped, normalised, matched and indexed, beside
 * `sqlite3 .import` of the same file, the peak of memory, and what it costs the others; at three sizes,
 * so that it shows how both grow.
 */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  for (const size of quick ? QUICK : SIZES) await benchSize(size, print);
}
