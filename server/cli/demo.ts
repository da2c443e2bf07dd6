import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RENT_SCRIPT, RENT_SCRIPT_NAME } from '../../fixtures/script/rent-stabilization.ts';
import { DEMO_TOWN } from '../../fixtures/town/make-town.ts';
import { writeTown } from '../../fixtures/town/write-town.ts';
import { createChapter } from '../chapter/create-chapter.ts';
import { makeDemoTokens, toLinks } from '../chapter/demo-links.ts';
import { loadDemo } from '../chapter/load-demo.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { withPorts } from './open-data.ts';
import { findProjectRoot } from './project-root.ts';
import { showLinks } from './show-links.ts';
import { CommandError, EXIT, openTerminal, orEnd, type Terminal } from './terminal.ts';

export const DEMO_HELP = `homeground demo load DIR [--chapter SHORT-NAME] [--name NAME] [--time-zone ZONE] [--json]

  Makes a chapter to try things in from a folder with a voter file, a list of addresses
  (address_points.csv, units.csv) and a map (streets.geojson, precincts.geojson, …),
  with a script, a few turfs, and links that keep working.`;

const STEPS = {
  map: 'Reading the map and the addresses',
  roll: 'Importing the voter file',
  script: 'Publishing a script',
  turfs: 'Cutting a few turfs',
} as const;

/** Fills a demo chapter from a folder and says how far it is. */
export async function fillDemo(
  db: ChapterDb,
  dir: string,
  ports: Ports,
  terminal: Terminal,
): Promise<void> {
  const script = { name: RENT_SCRIPT_NAME, draft: RENT_SCRIPT };
  orEnd(
    await loadDemo(
      db,
      {
        dir,
        script,
        onStep: (step) => terminal.step(STEPS[step]),
        onProgress: ({ rowsRead, bytesRead, bytes }) => {
          const percent = bytes === 0 ? 100 : Math.floor((100 * bytesRead) / bytes);
          terminal.progress(`  ${rowsRead.toLocaleString('en')} rows, ${percent} %`);
        },
      },
      ports,
    ),
  );
}

/** The folder of Larkfield's files, written on first use. */
export function writeLarkfield(dataDir: string, terminal: Terminal): string {
  const dir = join(dataDir, 'demo');
  if (!existsSync(join(dir, 'voters-van.csv'))) {
    terminal.step('Building the town of Larkfield');
    writeTown(join(findProjectRoot(), 'fixtures/larkfield'), dir, DEMO_TOWN);
  }
  return dir;
}

function slugFrom(dir: string): string {
  const words = basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-+|-+$/g, '').slice(0, 40) || 'demo';
}

async function load(
  dir: string,
  wish: { slug?: string; name?: string; zone?: string },
  json: boolean,
) {
  const terminal = openTerminal(json);
  if (!existsSync(dir)) throw new CommandError(`There is no folder ${dir}. Nothing was changed.`);
  await withPorts(async (ports) => {
    const slug = wish.slug ?? slugFrom(dir);
    const { db } = orEnd(
      await createChapter(
        {
          slug,
          name:
            wish.name ??
            slug.replace(
              /(^|-)([a-z])/g,
              (_, dash, letter: string) => `${dash === '' ? '' : ' '}${letter.toUpperCase()}`,
            ),
          timeZone: wish.zone ?? 'America/New_York',
          campaign: 'Rent stabilization',
          demo: true,
        },
        ports,
      ),
    );
    await fillDemo(db, dir, ports, terminal);
    const { chapter } = await readChapter(db);
    const links = toLinks(await makeDemoTokens(db, ports), ports.publicUrl());
    terminal.result(showLinks(chapter.name, links), { chapter, links });
  });
}

export async function demoCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      name: { type: 'string' },
      'time-zone': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${DEMO_HELP}\n`);
  const [verb, dir, ...more] = positionals;
  if (verb !== 'load' || dir === undefined || more.length > 0) {
    throw new CommandError(DEMO_HELP, EXIT.misused);
  }
  const { chapter: slug, name, 'time-zone': zone, json } = values;
  await load(
    resolve(dir),
    { ...(slug && { slug }), ...(name && { name }), ...(zone && { zone }) },
    json,
  );
}
