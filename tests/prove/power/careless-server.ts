import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeScratch } from '../real/scratch.ts';
import { BUILT_CLI } from '../real/server-process.ts';

const ROOT = join(import.meta.dirname, '../../..');

const EDITS = [
  ['PRAGMA synchronous = FULL', 'PRAGMA synchronous = OFF'],
  ['level.synchronous!==2', 'level.synchronous!==0'],
] as const;

/** A copy of the built server that never asks its disk to sync: it must lose what it acknowledged. */
export function makeCarelessServer(): string {
  const root = makeScratch('careless');
  const server = join(root, 'dist/server');
  cpSync(join(dirname(BUILT_CLI), '..'), join(root, 'dist'), { recursive: true });
  for (const name of ['package.json', 'node_modules']) {
    symlinkSync(join(ROOT, name), join(root, name));
  }
  for (const [find, put] of EDITS) {
    let places = 0;
    for (const name of readdirSync(server, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.js')) continue;
      const text = readFileSync(join(server, name), 'utf8');
      const parts = text.split(find);
      places += parts.length - 1;
      if (parts.length > 1) writeFileSync(join(server, name), parts.join(put));
    }
    if (places !== 1) throw new Error(`The built server has “${find}” ${places} times.`);
  }
  return join(server, 'cli.js');
}
