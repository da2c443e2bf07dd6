import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const INSTALL_MS = 5 * 60_000;
const NODE_MS = 2 * 60_000;

/** Other people's software that we measure beside ours, in a folder outside of this one. */
export interface Peers {
  readonly folder: string;
  /** A Node that Hocuspocus runs on; null when there is none. */
  readonly newNode: string | null;
}

function findFolder(): string {
  const told = process.env['HOMEGROUND_BENCH_CACHE'];
  if (told !== undefined && told !== '') return told;
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'homeground-bench');
}

function installInto(folder: string, quick: boolean): boolean {
  const wanted = readFileSync(join(HERE, 'package.json'), 'utf8');
  const stamp = join(folder, 'installed.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (quick) {
    console.error(
      `PouchDB and Hocuspocus are left out: they are not in ${folder} yet. A run without --quick puts them there.`,
    );
    return false;
  }
  console.error(`Installing the peers into ${folder} …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), wanted);
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync('npm', words, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    timeout: INSTALL_MS,
  });
  if (done.status !== 0) {
    console.error(
      'PouchDB and Hocuspocus are left out: the npm registry could not be reached, or refused. See the lines above.',
    );
    return false;
  }
  writeFileSync(stamp, wanted);
  return true;
}

/** This Node where it is new enough, else one from the registry. */
function findNewNode(quick: boolean): string | null {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  const offline = quick ? ['--offline'] : [];
  const words = ['-y', ...offline, 'node@24', '-p', 'process.execPath'];
  const done = spawnSync('npx', words, { encoding: 'utf8', timeout: NODE_MS, cwd: homedir() });
  const path = done.stdout?.trim().split('\n').at(-1) ?? '';
  if (done.status === 0 && existsSync(path)) return path;
  console.error(
    'Hocuspocus is left out: it needs Node 22 or newer, and Node 24 could not be had from the npm registry.',
  );
  return null;
}

/**
 * The peers, installed the first time; null, with a line on standard error, when they cannot be
 * had. They are never packages of ours.
 */
export function findPeers(quick: boolean): Peers | null {
  const folder = findFolder();
  if (!installInto(folder, quick)) return null;
  for (const name of ['role.mjs', 'pouchdb.mjs', 'hocuspocus.mjs']) {
    copyFileSync(join(HERE, name), join(folder, name));
  }
  return { folder, newNode: findNewNode(quick) };
}
