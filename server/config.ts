import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** What the operator decides, by environment. Checked once, at boot. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Where backups go; left out: into the data folder. */
  readonly backupDir?: string;
  /** Where people reach this server; null until a free port is known. No slash at the end. */
  readonly publicUrl: string | null;
  /** Cookies are marked Secure when people come by https. */
  readonly secureCookies: boolean;
  /** PostgreSQL servers by name, `main` first; none keeps everything in SQLite files. */
  readonly databases: ReadonlyMap<string, string>;
  /** The built client; null serves the API alone. */
  readonly clientDir: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

function readPort(text: string): Result<number, string> {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return ok(port);
  return fail(
    `PORT is "${text}". Set it to a whole number from 0 to 65535, or leave it out for 8080.`,
  );
}

function readPublicUrl(text: string | undefined): Result<string | null, string> {
  if (text === undefined || text === '') return ok(null);
  const fault = `PUBLIC_URL is "${text}". Set it to the address that people open, such as https://canvass.example.org, with no path.`;
  if (!URL.canParse(text)) return fail(fault);
  const url = new URL(text);
  const bare =
    (url.pathname === '/' || url.pathname === '') && url.search === '' && url.hash === '';
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return bare && web && url.username === '' ? ok(url.origin) : fail(fault);
}

/** Step by step: Node's own recursive mkdir never comes back where the system refuses, as in /proc. */
function makeDir(dir: string): void {
  if (existsSync(dir)) return;
  makeDir(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
}

function readDataDir(text: string): Result<string, string> {
  const dir = resolve(text);
  try {
    makeDir(dir);
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(dir);
  } catch {
    return fail(
      `DATA_DIR is "${dir}", and this user cannot make it or write in it. Give the user that folder, or set DATA_DIR to another one. Nothing was changed.`,
    );
  }
}

/** `main`, and a server more for each DATABASE_URL_NAME, by its name in small letters. */
function readDatabases(environment: Environment): Result<ReadonlyMap<string, string>, string> {
  const databases = new Map<string, string>();
  for (const [setting, text] of Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = /^DATABASE_URL(?:_([A-Z][A-Z0-9_]{0,30}))?$/.exec(setting);
    if (name === null || text === undefined || text === '') continue;
    // What it says may hold a password, and stays unsaid.
    if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !URL.canParse(text)) {
      return fail(
        `${setting} is no address of a PostgreSQL database. Set it to one such as postgres://user:password@host/database, or leave it out for SQLite files.`,
      );
    }
    const key = name[1]?.toLowerCase() ?? 'main';
    if (key === 'sqlite' || (key === 'main' && setting !== 'DATABASE_URL')) {
      return fail(`${setting} has a name that is taken. Give the server another name.`);
    }
    databases.set(key, text);
  }
  if (databases.size === 0 || databases.has('main')) return ok(databases);
  return fail(
    'DATABASE_URL is not set, but other servers are. Set it to the PostgreSQL database that lists the chapters, or leave all of them out for SQLite files.',
  );
}

/**
 * The configuration, or one sentence a fault. HOST stays 127.0.0.1 unless told otherwise: a
 * fresh start must not show a chapter's people to the neighbours on a café's network, and a phone
 * needs https for its offline parts anyway, so a proxy stands in front.
 */
export function readConfig(
  environment: Environment,
  clientDir: string | null,
): Result<Config, readonly string[]> {
  const host = environment['HOST'] ?? '127.0.0.1';
  const port = readPort(environment['PORT'] ?? '8080');
  const publicUrl = readPublicUrl(environment['PUBLIC_URL']);
  const dataDir = readDataDir(environment['DATA_DIR'] ?? './data');
  const databases = readDatabases(environment);
  const backupDir = environment['BACKUP_DIR'] ?? '';
  const faults: string[] = [];
  for (const part of [port, publicUrl, dataDir, databases]) if (!part.ok) faults.push(part.problem);
  if (!/^[\w.:-]{1,255}$/.test(host)) {
    faults.push(
      `HOST is "${host}". Set it to 127.0.0.1, to 0.0.0.0 for every network, or to one address of this machine.`,
    );
  }
  if (!port.ok || !publicUrl.ok || !dataDir.ok || !databases.ok || faults.length > 0)
    return fail(faults);
  return ok({
    port: port.value,
    host,
    dataDir: dataDir.value,
    ...(backupDir !== '' && { backupDir: resolve(backupDir) }),
    publicUrl: publicUrl.value,
    secureCookies: publicUrl.value?.startsWith('https:') ?? false,
    databases: databases.value,
    clientDir,
  });
}
