import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimFile } from '../store/claim-file.ts';

/** A folder for copies that are not sealed, which nobody else may read, gone with `drop`. */
export interface WorkFolder {
  readonly path: string;
  drop(): void;
}

const NAME = 'unsealed-';
/** A folder this young may be in the making. */
const YOUNG_MS = 60_000;

/** Makes a folder in the data folder, where the chapters themselves lie unsealed. */
export function openWorkFolder(dataDir: string): WorkFolder {
  const path = join(dataDir, `${NAME}${randomUUID()}`);
  mkdirSync(path, { mode: 0o700 });
  const release = claimFile(join(path, 'lock'));
  return {
    path,
    drop() {
      release?.();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Removes what somebody has left who was killed at work; folders in use stay. */
export function sweepWorkFolders(dataDir: string): number {
  let swept = 0;
  for (const name of existsSync(dataDir) ? readdirSync(dataDir) : []) {
    if (!name.startsWith(NAME)) continue;
    const path = join(dataDir, name);
    const lock = join(path, 'lock');
    if (!existsSync(lock)) {
      if (Date.now() - statSync(path).mtimeMs < YOUNG_MS) continue;
    } else {
      const release = claimFile(lock);
      if (release === null) continue;
      release();
    }
    rmSync(path, { recursive: true, force: true });
    swept += 1;
  }
  return swept;
}
