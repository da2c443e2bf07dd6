import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../server/cli/project-root.ts';

/** The built server in a process of its own. */
export interface ServerProcess {
  readonly url: URL;
  /** Memory that the process holds, in MiB. */
  rssMiB(): number;
  /** Seconds of processor that it has used so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

const STARTING_MS = 120_000;

function findUrl(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(
      () => reject(new Error(`The server did not start: ${said}`)),
      STARTING_MS,
    );
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /Homeground is at (http:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(new URL(address));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('exit', () => reject(new Error(`The server ended: ${said}`)));
  });
}

/** `VmRSS` of Linux; elsewhere nothing is known and the figure is left out. */
function readRss(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}

/** User and system time are the 14th and 15th fields, in hundredths of a second. */
function readCpu(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Starts `homeground serve` on a free port of this machine with this environment on top of ours. */
export async function startServer(
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const words = [...flags, join(findProjectRoot(), 'dist/server/cli.js'), 'serve', '--empty'];
  const env = { ...process.env, ...environment, PORT: '0', HOST: '127.0.0.1' };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await findUrl(child);
  const pid = child.pid ?? 0;
  return {
    url,
    rssMiB: () => readRss(pid),
    cpuSeconds: () => readCpu(pid),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
