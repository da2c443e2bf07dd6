import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
/** A socket's path has room for some hundred letters: temp folders of tests may be longer. */
const SHORT = existsSync('/dev/shm') ? '/dev/shm' : '/tmp';

/** The folder of the newest PostgreSQL on this machine, or null. */
export function findPostgres(): string | null {
  const named = process.env['POSTGRES_BIN'];
  if (named !== undefined) return named;
  if (!existsSync(DEBIAN)) return null;
  const newest = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return newest.map((version) => join(DEBIAN, version, 'bin')).find(existsSync) ?? null;
}

export interface Cluster {
  /** Of its database `postgres`, over a socket. */
  readonly url: string;
  readonly dataDir: string;
  stop(): void;
}

/**
 * Starts a PostgreSQL of one's own that only this machine's sockets reach. `durable` as in
 * production; otherwise it waits for no disk, which no test but those of durability would notice.
 * PostgreSQL refuses to run as root, who therefore becomes the user `postgres`.
 */
export function startCluster(durable = false): Cluster {
  const bin = findPostgres();
  if (bin === null) throw new Error('PostgreSQL is not installed: apt-get install postgresql.');
  const dir = mkdtempSync(join(durable ? '/tmp' : SHORT, 'hg-pg-'));
  const root = process.getuid?.() === 0;
  const run = (tool: string, ...words: string[]): void => {
    const command = [join(bin, tool), ...words];
    const all = root ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(all[0] ?? '', all.slice(1), { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  if (root) execFileSync('chown', ['-R', 'postgres', dir]);
  // Tests have databases of their own, hundreds in a run, none of which lives to be tidied up.
  const lazy = durable ? [] : ['-c fsync=off', '-c full_page_writes=off', '-c autovacuum=off'];
  const settings = [
    '-c listen_addresses=',
    `-c unix_socket_directories=${dir}`,
    '-c max_connections=300',
    '-c shared_buffers=64MB',
    ...lazy,
  ];
  try {
    const locale = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
    run('initdb', '-D', dataDir, ...locale);
    const log = join(dataDir, 'log');
    run('pg_ctl', '-D', dataDir, '-l', log, '-w', '-o', settings.join(' '), 'start');
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://postgres@${encodeURIComponent(dir)}/postgres`,
    dataDir,
    stop() {
      run('pg_ctl', '-D', dataDir, '-m', 'immediate', '-w', 'stop');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
