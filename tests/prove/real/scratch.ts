import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
const children = new Map<ChildProcess, NodeJS.Signals>();

/** A folder that is gone when this process is, whatever happens. */
export function makeScratch(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `homeground-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeScratch(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** A process that must not outlive this one. */
export function ownProcess(child: ChildProcess, end: NodeJS.Signals = 'SIGKILL'): void {
  children.set(child, end);
  child.once('exit', () => children.delete(child));
}

process.on('exit', () => {
  for (const [child, end] of children) child.kill(end);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
