import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBug } from './all-bugs.ts';
import type { Bug } from './bugs.ts';

/** What the tests that are run alone need of the tree. */
const PARTS = [
  'shared',
  'fixtures',
  'server',
  'client',
  'tests',
  'package.json',
  'tsconfig.base.json',
  'lingui.config.ts',
  'vite.config.ts',
  'client-parts.ts',
  'number-words.ts',
  'open-directly.ts',
  'vitest.config.ts',
];
const LEFT_OUT = /\/(screenshots|e2e|bench|node_modules)(\/|$)/;

/** A copy of the tree that bugs are put into for one test of the suite. */
export class TreeCopy {
  readonly root: string;

  constructor(from: string) {
    this.root = mkdtempSync(
      join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'homeground-bug-'),
    );
    for (const part of PARTS) {
      cpSync(join(from, part), join(this.root, part), {
        recursive: true,
        filter: (path) => !LEFT_OUT.test(path),
      });
    }
    symlinkSync(join(from, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Puts the bug in, and gives back how to take it out again. */
  putIn(bug: Bug): () => void {
    const before = new Map<string, string>();
    for (const { file } of bug.edits) {
      const path = join(this.root, file);
      if (before.has(path)) continue;
      const text = readFileSync(path, 'utf8');
      before.set(path, text);
      writeFileSync(path, withBug(text, file, bug));
    }
    return () => {
      for (const [path, text] of before) writeFileSync(path, text);
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
