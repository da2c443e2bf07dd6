import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';
import { ownProcess } from '../real/scratch.ts';
import { allBugs, HUNTED } from './all-bugs.ts';
import type { Bug } from './bugs.ts';
import type { Found, Hunt } from './kill.ts';

/** Longer than the longest hunt on a busy machine, in ms: only what hangs is given up. */
const PATIENCE = 900_000;
/** How long one that was told to end may take, in ms. */
const ENDING = 15_000;

/** Afternoons on the code with one bug, or on the code as it is, in a process of their own. */
export class Hunter {
  readonly #child: ChildProcess;
  #cried = '';

  constructor(file: string, bug: string | null) {
    const { [HUNTED]: _, ...env } = process.env;
    this.#child = fork(file, [], {
      env: { ...env, ...(bug !== null && { [HUNTED]: bug }) },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    ownProcess(this.#child);
    this.#child.stderr?.on('data', (text: Buffer) => (this.#cried += text.toString()));
  }

  /** The first afternoon that finds something wrong; null when none does. */
  hunt(wish: Hunt): Promise<Found | null> {
    const child = this.#child;
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    return new Promise<Found | null>((resolve, reject) => {
      child.once('message', ({ found }: { readonly found: Found | null }) => resolve(found));
      child.once('close', (code) => {
        reject(new Error(`The hunt ended with ${code}: ${this.#cried.slice(0, 600)}`));
      });
      child.send(wish);
    }).finally(() => {
      clearTimeout(patience);
      child.removeAllListeners('message').removeAllListeners('close');
    });
  }

  /** Lets it close what it has open and take away its folder; resolves when it is gone. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    if (child.connected) child.disconnect();
    // What a bug has broken may hang at closing.
    const patience = setTimeout(() => child.kill('SIGKILL'), ENDING);
    await gone.finally(() => clearTimeout(patience));
  }
}

/** The simulator with all of these bugs in it, made once; each hunter gets one of them. */
export class HuntingGround {
  readonly #folder: string;
  readonly #sane: Hunter;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#sane = this.hunter(null);
  }

  static async make(root: string, bugs: readonly Bug[]): Promise<HuntingGround> {
    const folder = mkdtempSync(join(tmpdir(), 'homeground-hunt-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const entries = { kill: join(root, 'tests/prove/mutants/kill.ts') };
    await bundle({ root, entries, out: join(folder, 'hunt'), plugins: [allBugs(root, bugs)] });
    return new HuntingGround(folder);
  }

  hunter(bug: string | null): Hunter {
    return new Hunter(join(this.#folder, 'hunt/kill.mjs'), bug);
  }

  /** What is wrong without any bug as well does not tell that one was found. */
  async isSane({ kind, seed, start }: Found): Promise<boolean> {
    return (await this.#sane.hunt({ first: [{ kind, seed, start }], most: 0 })) === null;
  }

  async remove(): Promise<void> {
    await this.#sane.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
