import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgres } from '../../postgres/cluster.ts';
import { freePort } from './free-port.ts';
import { makeScratch, ownProcess, removeScratch } from './scratch.ts';

/** The folder of `initdb` and `postgres`, or what to do without them. */
function findBinaries(): string {
  const bin = findPostgres();
  if (bin !== null) return bin;
  throw new Error(
    'PostgreSQL is not on this machine, and this part of the proof needs it: apt-get install postgresql, or set POSTGRES_BIN.',
  );
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function findUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const ask = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

/** A throw-away PostgreSQL server of our own, on a port of this machine alone. */
export class PostgresCluster {
  readonly #folder: string;
  readonly #bin: string;
  readonly #user: { uid: number; gid: number } | null;
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(folder: string, bin: string, port: number) {
    this.#folder = folder;
    this.#bin = bin;
    this.#port = port;
    this.#user = findUser();
  }

  static async make(): Promise<PostgresCluster> {
    const cluster = new PostgresCluster(makeScratch('pg'), findBinaries(), await freePort());
    await cluster.#init();
    await cluster.start();
    return cluster;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  async #init(): Promise<void> {
    if (this.#user !== null) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    chmodSync(this.#folder, 0o755);
    const words = ['-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
    const child = spawn(join(this.#bin, 'initdb'), [...words, '--locale=C.UTF-8'], this.#options);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  get #options() {
    // A group of its own: Ctrl-C is for the proof, which ends it itself.
    return { ...this.#user, cwd: this.#folder, stdio: 'ignore' as const, detached: true };
  }

  /** Starts it and resolves when it takes connections. */
  async start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${this.#port}`,
      `unix_socket_directories=${this.#folder}`,
      'shared_buffers=64MB',
      'max_connections=120',
    ];
    const words = ['-D', this.#data, ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(join(this.#bin, 'postgres'), words, this.#options);
    // SIGQUIT: the children end with it, and nothing of it stays in memory.
    ownProcess(child, 'SIGQUIT');
    this.#child = child;
    for (const until = performance.now() + 30_000; ;) {
      const client = new pg.Client({ connectionString: this.url });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.end();
        return;
      } catch (error) {
        if (child.exitCode !== null || performance.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  }

  /** Stops it as `pg_ctl stop -m immediate`: no goodbye, and recovery from the log at the next start. */
  async crash(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  }

  async remove(): Promise<void> {
    await this.crash();
    removeScratch(this.#folder);
  }
}
