import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { callHttp } from './call-http.ts';
import { ownProcess } from './scratch.ts';

/** The built server, or another build of it. */
export const BUILT_CLI =
  process.env['PROVE_CLI'] ??
  fileURLToPath(new URL('../../../dist/server/cli.js', import.meta.url));

const BOOT_LIMIT = 60_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface ServerWish {
  /** Where SQLite files, and everything else that the server keeps, are. */
  readonly dataDir: string;
  /** PostgreSQL instead of SQLite files. */
  readonly databaseUrl?: string | null;
  readonly cli?: string;
  /** Words that the command is given to, such as a tracer's. */
  readonly under?: readonly string[];
}

/** The real server in a process of its own, on a port of its own, killed and started at will. */
export class ServerProcess {
  readonly dataDir: string;
  readonly port: number;
  readonly #cli: string;
  readonly #databaseUrl: string | null;
  readonly #under: readonly string[];
  #child: ChildProcess | null = null;
  #printed = '';

  private constructor(wish: ServerWish, port: number) {
    this.dataDir = wish.dataDir;
    this.port = port;
    this.#cli = wish.cli ?? BUILT_CLI;
    this.#databaseUrl = wish.databaseUrl ?? null;
    this.#under = wish.under ?? [];
  }

  static async make(wish: ServerWish): Promise<ServerProcess> {
    return new ServerProcess(wish, await freePort());
  }

  get engine(): 'sqlite' | 'postgres' {
    return this.#databaseUrl === null ? 'sqlite' : 'postgres';
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  /** Of the running process. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('The server does not run.');
    return pid;
  }

  /** Starts it without waiting for anything. */
  begin(...words: string[]): void {
    this.#printed = '';
    const child = this.#spawn(['serve', ...(words.length > 0 ? words : ['--empty'])]);
    this.#child = child;
  }

  /** Starts it and resolves when it answers. */
  async start(...words: string[]): Promise<void> {
    this.begin(...words);
    const child = this.#child;
    const until = performance.now() + BOOT_LIMIT;
    while (!(await this.#answers())) {
      if (child?.exitCode !== null || performance.now() > until) {
        throw new Error(`The server did not start:\n${this.#printed}`);
      }
      await sleep(15);
    }
  }

  /** Ends it as a power cut would end the process. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Ends it as somebody who updates it does: it finishes and closes what it has open. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** Runs one command on the same data and gives what it printed. */
  async run(...words: string[]): Promise<string> {
    let out = '';
    let all = '';
    const child = this.#spawn(words);
    child.stdout?.on('data', (text: string) => (out += text));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: string) => (all += text));
    }
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`homeground ${words.join(' ')} ended with ${code}:\n${all}`);
    return out;
  }

  /** Begins a command and kills it so long after it first made or renamed a file in the folder. */
  async killInWork(
    words: readonly string[],
    folder: string,
    afterMs: number,
  ): Promise<'killed' | 'done'> {
    const watcher = watch(folder);
    const touched = new Promise<void>((resolve) => {
      watcher.on('change', (what) => what === 'rename' && resolve());
    });
    const child = this.#spawn(words);
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    await Promise.race([touched, ended]);
    watcher.close();
    if (afterMs > 0) await sleep(afterMs);
    child.kill('SIGKILL');
    const [code, signal] = await ended;
    if (signal === 'SIGKILL') return 'killed';
    if (code !== 0) throw new Error(`homeground ${words.join(' ')} ended with ${code}`);
    return 'done';
  }

  #spawn(words: readonly string[]): ChildProcess {
    const { DATABASE_URL: _, ...env } = process.env;
    const [program = '', ...rest] = [...this.#under, process.execPath, this.#cli, ...words];
    const child = spawn(program, rest, {
      env: {
        ...env,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        DATA_DIR: this.dataDir,
        PUBLIC_URL: `http://localhost:${this.port}`,
        ...(this.#databaseUrl !== null && { DATABASE_URL: this.#databaseUrl }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C is for the proof, which ends its servers itself.
      detached: true,
    });
    ownProcess(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#printed = (this.#printed + text).slice(-4000);
      });
    }
    return child;
  }

  async #answers(): Promise<boolean> {
    const answer = await callHttp(this.url, { method: 'GET', path: '/v1/health' });
    return answer?.status === 200;
  }
}
