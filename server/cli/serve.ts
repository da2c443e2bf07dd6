import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { buildApp } from '../app.ts';
import { createChapter } from '../chapter/create-chapter.ts';
import { type DemoTokens, makeDemoTokens, toLinks } from '../chapter/demo-links.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import { claimData, explainListenFault, tryListening } from './claim-data.ts';
import { fillDemo, writeLarkfield } from './demo.ts';
import { loadConfig, openPorts } from './open-data.ts';
import { showLinks } from './show-links.ts';
import { CommandError, EXIT, openTerminal, orEnd, type Terminal } from './terminal.ts';

export const SERVE_HELP = `homeground serve [--empty]

  Serves the app. Without a chapter it makes Larkfield first, a demo chapter; --empty does not.

  PORT        the port, 8080 when left out
  HOST        127.0.0.1 when left out: this machine alone. 0.0.0.0 for every network
  DATA_DIR    where everything is kept, ./data when left out
  BACKUP_DIR  where backups go, DATA_DIR/backups when left out; better another disk
  DATABASE_URL       a PostgreSQL database to keep the chapters in instead, which several
                     processes may serve; such as postgres://user:password@host/database
  DATABASE_URL_NAME  more PostgreSQL servers, on which chapters can be placed by that name
  PUBLIC_URL  the address that people open, such as https://canvass.example.org`;

const LARKFIELD = {
  slug: 'larkfield',
  name: 'Larkfield (demo)',
  timeZone: 'America/New_York',
  campaign: 'Yes on Question 2',
  demo: true,
} as const;

/** Makes Larkfield when there is no chapter at all, or goes on where its making broke off. */
async function ensureDemo(ports: Ports, terminal: Terminal): Promise<void> {
  const { registry } = ports;
  if ((await registry.chapters()).length === 0) orEnd(await createChapter(LARKFIELD, ports));
  const larkfield = await registry.bySlug(LARKFIELD.slug);
  const db = larkfield === null ? null : await registry.openChapter(larkfield.id);
  if (db === null || !(await readChapter(db)).demo) return;
  await fillDemo(db, writeLarkfield(ports.config.dataDir, terminal), ports, terminal);
}

/** Of several processes that start at once, one makes the demo and the others wait for it. */
async function ensureDemoAlone(ports: Ports, terminal: Terminal): Promise<void> {
  const release = await ports.registry.claim('demo');
  try {
    await ensureDemo(ports, terminal);
  } finally {
    await release();
  }
}

/** A server of more chapters than this does not open each of them to greet. */
const MOST_GREETED = 20;

interface Greeting {
  readonly name: string;
  readonly slug: string;
  /** Null for a chapter that is not a demo. */
  readonly tokens: DemoTokens | null;
}

async function prepareGreetings(ports: Ports): Promise<Greeting[] | null> {
  const greetings: Greeting[] = [];
  const chapters = await ports.registry.chapters();
  if (chapters.length > MOST_GREETED) return null;
  for (const { id, name, slug } of chapters) {
    const db = await ports.registry.openChapter(id);
    if (db === null) continue;
    const { demo } = await readChapter(db);
    greetings.push({ name, slug, tokens: demo ? await makeDemoTokens(db, ports) : null });
  }
  return greetings;
}

function greet(greetings: readonly Greeting[] | null, url: string, ports: Ports): string {
  const { host, dataDir, publicUrl, databases } = ports.config;
  const blocks = (greetings ?? []).map(({ name, slug, tokens }) =>
    tokens === null
      ? `${name}\n\n  A sign-in link: npm run homeground -- chapter link --chapter ${slug} --role coordinator --name NAME`
      : showLinks(name, toLinks(tokens, url)),
  );
  if (greetings === null) {
    blocks.push('The chapters: npm run homeground -- chapter list');
  } else if (blocks.length === 0) {
    blocks.push(
      'There is no chapter yet. Make one: npm run homeground -- chapter create "Oakdale DSA" --slug oakdale',
    );
  }
  const place = databases.size === 0 ? dataDir : `PostgreSQL, and uploads in ${dataDir}`;
  const local = ['127.0.0.1', 'localhost', '::1'].includes(host) && publicUrl === null;
  const reach = local
    ? 'Only this machine can open it. For phones, put an https proxy in front and set PUBLIC_URL: without https a phone keeps nothing offline.'
    : `It listens on ${host}.`;
  return `\n${blocks.join('\n\n')}\n\nHomeground is at ${url}\n${reach}\nThe data is in ${place}. Ctrl-C ends it.\n`;
}

/** Resolves when somebody asks the process to end. */
function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function serve(empty: boolean): Promise<void> {
  const config = loadConfig();
  const terminal = openTerminal(false);
  // Several processes may serve the chapters of a PostgreSQL database.
  const release = config.databases.size === 0 ? claimData(config.dataDir) : () => {};
  await tryListening(config);
  const means = await openPorts(config);
  try {
    if (!empty) await ensureDemoAlone(means, terminal);
    const greetings = await prepareGreetings(means);
    const logger = { level: 'warn', stream: process.stderr };
    const { app, ports } = await buildApp({ ...means, logger });
    try {
      await app.listen({ port: config.port, host: config.host });
    } catch (error) {
      throw explainListenFault(error, config);
    }
    // In the same turn as the listening: whoever sees it answer has the links as well.
    terminal.result(greet(greetings, ports.publicUrl(), ports), null);
    await waitForSignal();
    terminal.step('Ending. What was acknowledged is on the disk.');
    await app.close();
  } finally {
    await means.registry.close();
    release();
  }
}

/**
 * So much may be left lying about, in hundredths of what is used, before V8 tidies up thoroughly. Left
 * to itself it waits for three times as much: fine for a machine of its own, not for a small one.
 */
const LEFT_LYING = 50;

export async function serveCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      empty: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${SERVE_HELP}\n`);
  if (positionals.length > 0) throw new CommandError(SERVE_HELP, EXIT.misused);
  setFlagsFromString(`--heap-growing-percent=${LEFT_LYING}`);
  await serve(values.empty);
}
