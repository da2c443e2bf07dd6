// What a fresh clone needs before anything can run: packages and a build. Plain JavaScript, since
// nothing is installed yet when it starts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Ends with a sentence when this Node is too old to run us. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Homeground needs Node 20.19 or newer; this is ${process.versions.node}. Nothing was changed.`,
  );
  process.exit(1);
}

function run(what, command, args) {
  console.error(`${what} …`);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status === 0) return;
  console.error(`${what} did not work (${[command, ...args].join(' ')}). See the lines above.`);
  process.exit(1);
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** True when every package of the lock file is there in its version (optional ones may be absent). */
function isInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const present = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || present[path]?.version === version,
  );
}

/** Installs the packages when they are missing or do not fit the lock file. */
export function install() {
  if (isInstalled()) return;
  run('Installing packages', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

/** What the app and the server are made of. */
export const SOURCES = [
  'client',
  'server',
  'shared',
  'fixtures',
  'package-lock.json',
  'vite.config.ts',
  'client-parts.ts',
  'number-words.ts',
  'open-directly.ts',
];

/** Another text whenever one of these files or folders has changed; tests beside them don't count. */
export function fingerprint(names) {
  const hash = createHash('sha256');
  const walk = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) walk(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    }
  };
  for (const name of names) walk(join(root, name));
  return hash.digest('hex');
}

/** Builds the app and the server when a source is newer than the last build. */
export function build() {
  const stamp = join(root, 'dist/.stamp');
  const now = fingerprint(SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  run('Building the app', process.execPath, [vite, 'build', '--logLevel', 'error']);
  run('Building the server', process.execPath, [
    vite,
    'build',
    '--mode',
    'server',
    '--logLevel',
    'warn',
  ]);
  writeFileSync(stamp, now);
}
