import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../prove/real/free-port.ts';

const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));

/** The real server in a process of its own, on a free port and in a folder of its own. */
export class ChapterServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeground-e2e-'));
  readonly port: number;
  /** Everything it has printed since it was last started. */
  printed = '';
  #child: ChildProcess | null = null;

  private constructor(port: number) {
    this.port = port;
  }

  static async make(): Promise<ChapterServer> {
    return new ChapterServer(await freePort());
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PORT: String(this.port),
      HOST: '127.0.0.1',
      DATA_DIR: this.folder,
      PUBLIC_URL: this.url,
    };
  }

  /** Starts it and waits until it answers. */
  async start(...words: string[]): Promise<void> {
    this.printed = '';
    const child = spawn(process.execPath, [cli, 'serve', ...words], { env: this.#environment() });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.printed += text;
      });
    }
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`The server ended:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/v1/health`)).ok;
    } catch {
      return false;
    }
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Runs one command of the command line on the same data and gives what it printed. */
  async run(...words: string[]): Promise<string> {
    const child = spawn(process.execPath, [cli, ...words], { env: this.#environment() });
    let printed = '';
    let faults = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      faults += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`homeground ${words.join(' ')} ended with ${code}:\n${faults}`);
    return printed;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
