import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { StartLayer } from '#shared/model/layer.ts';
import { DEMO_TERMS } from '#shared/model/rules.ts';
import { VOTERS_A_DOOR } from '../../fixtures/town/make-town.ts';
import { writeTown } from '../../fixtures/town/write-town.ts';
import { BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import { openLayerFile, wishOf } from '../../server/roll/layer-file.ts';
import { LayerJobs } from '../../server/roll/layer-jobs.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { type BenchOptions, round } from './line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(root, 'dist/server/cli.js');
const SLUG = 'bench-town';
/** Milliseconds that nobody else may have to wait for a write meanwhile. */
const LONGEST_WAIT = 250;
/** MiB of the whole process at its peak, whatever the size of the file. */
const MOST_MEMORY = 350;
/** One row in so many has a slip of each kind. */
const SLIP = 12;

const SHORT: Readonly<Record<string, string>> = {
  Robert: 'Bob',
  William: 'Bill',
  Daniel: 'Dan',
  Samuel: 'Sam',
};

/** Two letters in the middle of a word change places. */
function slip(word: string, at: number): string {
  if (word.length < 5) return word;
  const i = 1 + (at % (word.length - 3));
  return `${word.slice(0, i)}${word[i + 1] ?? ''}${word[i] ?? ''}${word.slice(i + 2)}`;
}

/** Everybody of the roll as a member list might write them, with the id that is theirs. */
async function writeList(db: ChapterDb, path: string): Promise<number> {
  const dice = seededDice(5);
  const people = await db.read
    .selectFrom('voters as v')
    .innerJoin('people as p', 'p.key', 'v.person_key')
    .innerJoin('doors as d', 'd.key', 'p.door_key')
    .innerJoin('buildings as b', 'b.key', 'd.building_key')
    .select(['p.source_id as id', 'v.first_name as first', 'v.last_name as last'])
    .select(['b.number', 'b.street', 'd.unit', 'b.city', 'b.zip'])
    .orderBy('p.key')
    .execute();
  const rows = people.map((one) => {
    const [kind, at] = [dice.whole(0, SLIP - 1), dice.whole(0, 999)];
    const first = SHORT[one.first] ?? one.first;
    const last = kind === 0 ? slip(one.last, at) : one.last;
    const [name = '', ...rest] = one.street.split(' ');
    const street = [kind === 1 ? slip(name, at) : name, ...(kind === 2 ? [] : rest)].join(' ');
    const unit = one.unit === '' || kind === 3 ? '' : ` #${one.unit}`;
    return [first, last, `${one.number} ${street}${unit}`, one.city, one.zip, one.id ?? '', at];
  });
  const header = ['first', 'last', 'address', 'city', 'zip', 'truth', 'score'];
  const text = [header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(','));
  writeFileSync(path, `${text.join('\n')}\n`);
  return rows.length;
}

interface Run {
  readonly seconds: number;
  readonly peakMiB: number;
}

/** The whole command in a process of its own. */
async function runCommand(dataDir: string, list: string, how: readonly string[]): Promise<Run> {
  const began = performance.now();
  const name = `by ${how.join(' ')}`;
  const words = ['roll', 'layer', 'add', list, '--chapter', SLUG, '--name', name, '--json', ...how];
  const child = spawn(process.execPath, [CLI, ...words, '--column', 'score'], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMiB = 0;
  const watch = setInterval(() => {
    const path = `/proc/${child.pid}/status`;
    if (!existsSync(path)) return;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1];
    if (peak !== undefined) peakMiB = Number(peak) / 1024;
  }, 20);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`The command ended with code ${String(code)}.`);
  return { seconds: (performance.now() - began) / 1000, peakMiB };
}

interface Found {
  readonly found: number;
  readonly right: number;
  /** The longest time that another writer of the chapter waited meanwhile. */
  readonly wait: number;
}

/** By name and address in this process: who was found, whether rightly, and what it cost others. */
async function measure(db: ChapterDb, list: string): Promise<Found> {
  const means = { clock: Date.now, random: seededBytes(seededDice(2)) };
  const opened = await openLayerFile(db, list, means);
  if (!opened.ok) throw new Error(opened.problem.code);
  const typed = { columns: ['truth'], kinds: ['text'], idColumn: null, byName: true } as const;
  const wish = await wishOf(opened.value.upload, { ...typed, members: false });
  if (!wish.ok) throw new Error(wish.problem.code);
  let wait = 0;
  const over = new AbortController();
  const others = (async () => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await db.write((trx) => trx.updateTable('clock').set({ seq: 0 }).execute());
      wait = Math.max(wait, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const found = await keepAll(db, opened.value.upload, wish.value, means);
  over.abort();
  await others;
  const { right } = await db.read
    .selectFrom('layer_values as v')
    .innerJoin('people as p', 'p.key', 'v.person_key')
    .select(({ fn }) => fn.countAll<number>().as('right'))
    .whereRef('v.word', '=', 'p.source_id')
    .executeTakeFirstOrThrow();
  return { found, right, wait };
}

async function keepAll(
  db: ChapterDb,
  upload: Parameters<LayerJobs['match']>[1],
  wish: StartLayer,
  means: ConstructorParameters<typeof LayerJobs>[0],
): Promise<number> {
  const jobs = new LayerJobs(means);
  const begun = await jobs.match(db, upload, wish);
  if (!begun.ok) throw new Error(begun.problem.code);
  const { preview, id } = await begun.value.finished;
  const terms = { source: '', obtainedOn: null, purpose: 'not-known', agreement: '' } as const;
  const maker = { actor: BY_OPERATOR, memberId: null };
  const kept = await jobs.keep(db, id, { name: 'Truth', terms, replaces: null }, maker);
  if (!kept.ok || preview === null) throw new Error('Nothing was kept.');
  await kept.value.finished;
  return preview.counts.exact + preview.counts.tolerant;
}

/**
 * `npm run bench -- layers`: rows a second of a list held against a roll of as many people, by id and
 * by name and address with mistakes of a known kind; how many find their person, and whether rightly;
 * memory, and how long another writer waits.
 */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  const rows = quick ? 10_000 : 100_000;
  const [townDir, dataDir] = ['town', 'data'].map(() =>
    mkdtempSync(join(tmpdir(), 'homeground-bench-')),
  ) as [string, string];
  const doors = Math.round(rows / VOTERS_A_DOOR);
  writeTown(join(root, 'fixtures/larkfield'), townDir, { seed: 42, doors });
  const registry = SqliteRegistry.open(dataDir);
  const means = { registry, clock: Date.now, random: seededBytes(seededDice(1)) };
  const about = { name: 'Bench', timeZone: 'America/New_York', campaign: 'Spring', demo: false };
  const made = await createChapter({ slug: SLUG, ...about }, means);
  if (!made.ok) throw new Error(made.problem.code);
  const { db } = made.value;
  const { place, voters } = findRollFiles(townDir);
  const loaded = await loadPlace(db, place);
  if (!loaded.ok || voters === null) throw new Error('The town has no map or no voter file.');
  await importRollFile(db, voters, { ...means, terms: DEMO_TERMS });
  const list = join(townDir, 'list.csv');
  const people = await writeList(db, list);
  const { found, right, wait } = await measure(db, list);
  await registry.close();
  const byId = await runCommand(dataDir, list, ['--id-column', 'truth']);
  const byName = await runCommand(dataDir, list, ['--by-name']);
  rmSync(townDir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });

  const size = `${people.toLocaleString('en')} rows`;
  for (const [how, run] of [
    ['by id', byId],
    ['by name and address', byName],
  ] as const) {
    const line = { bench: 'layers', case: `${how}, ${size}`, n: 1 };
    const rate = people / run.seconds;
    print({
      ...line,
      figure: 'rows_per_s',
      value: round(rate),
      unit: '1/s',
      against: 'by id',
      againstValue: round(people / byId.seconds),
      ratio: round(byId.seconds / run.seconds),
    });
    print({
      ...line,
      figure: 'peak_rss',
      value: round(run.peakMiB),
      unit: 'MiB',
      against: 'goal for an import',
      againstValue: MOST_MEMORY,
      ratio: round(MOST_MEMORY / run.peakMiB),
    });
  }
  const named = { bench: 'layers', case: `by name and address, ${size}`, n: 1 };
  print({
    ...named,
    figure: 'found',
    value: round((100 * found) / people),
    unit: '%',
    against: 'all',
    againstValue: 100,
    ratio: round(found / people),
  });
  print({
    ...named,
    figure: 'found_rightly',
    value: Number(((100 * right) / found).toFixed(3)),
    unit: '%',
    against: 'of those found',
    againstValue: 100,
    ratio: Number((right / found).toFixed(5)),
  });
  print({
    ...named,
    figure: 'longest_wait_of_another_writer',
    value: round(wait),
    unit: 'ms',
    against: 'goal',
    againstValue: LONGEST_WAIT,
    ratio: round(LONGEST_WAIT / wait),
  });
}
