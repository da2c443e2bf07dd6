import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
const children = new Map<ChildProcess, NodeJS.Signals>();

/** What was told to end may write for a moment more. */
const REMOVE = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const;

/** A folder that is gone when this process is, whatever happens. */
export function makeScratch(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `homeground-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeScratch(folder: string): void {
  rmSync(folder, REMOVE);
  folders.delete(folder);
}

/** A process that must not outlive this one. */
export function ownProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  children.set(child, signal);
  child.once('exit', () => children.delete(child));
}

/** With all that it started, as each leads a group of its own; PostgreSQL ends its own. */
function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (signal !== 'SIGKILL' || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

process.on('exit', () => {
  for (const [child, signal] of children) end(child, signal);
  for (const folder of folders) rmSync(folder, REMOVE);
});
