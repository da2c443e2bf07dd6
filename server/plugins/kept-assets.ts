import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const DAY = 24 * 3600 * 1000;
/** How long a page of an earlier build may still ask for its parts (P12). */
export const KEPT_DAYS = 90;

/** What is kept: since when a file belongs to no current build, null while it does. */
type Index = Readonly<Record<string, number | null>>;

/** The build names its files flat; nothing else is ever looked for. */
const NAME = /^[A-Za-z0-9_-][\w.-]*$/;

function readIndex(path: string): Index {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Index) : {};
  } catch {
    // Lost or torn: what is there then counts as left today, which only keeps it longer.
    return {};
  }
}

/** In the place of its name only when it is whole. */
function place(path: string, write: (part: string) => void): void {
  const part = `${path}.part`;
  write(part);
  renameSync(part, path);
}

/**
 * Keeps the hashed files of every build that this server has served, so that a page opened before
 * a new version came still finds its parts for 90 days after they left. Throws when the folder
 * cannot be written.
 */
export function keepAssets(current: string, kept: string, now: number): void {
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  const names = new Set(existsSync(current) ? readdirSync(current).filter(isAssetName) : []);
  for (const name of names) {
    if (existsSync(join(kept, name))) continue;
    place(join(kept, name), (part) => copyFileSync(join(current, name), part));
  }
  const indexPath = join(kept, 'index.json');
  const before = readIndex(indexPath);
  const after: Record<string, number | null> = {};
  for (const name of readdirSync(kept)) {
    if (name === 'index.json') continue;
    const left = names.has(name) ? null : (before[name] ?? now);
    const old = typeof left === 'number' && now - left > KEPT_DAYS * DAY;
    if (old || name.endsWith('.part')) rmSync(join(kept, name), { force: true });
    else after[name] = left;
  }
  place(indexPath, (part) => writeFileSync(part, JSON.stringify(after)));
}

/** True for the name of one file of a build: no path, nothing hidden. */
export function isAssetName(name: string): boolean {
  return NAME.test(name) && name !== 'index.json' && !name.endsWith('.part');
}
