import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a traced server was told to keep, asked the disk for, and said, in its order. */
export type DiskEvent =
  | { readonly kind: 'create'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'size'; readonly path: string; readonly size: number }
  /** Of a file or a folder: what was done before event `began` is on the disk now. */
  | { readonly kind: 'sync'; readonly path: string; readonly began: number }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'ack'; readonly told: readonly Told[] };

/** One operation of an answer; without a number when it is held. */
export interface Told {
  readonly opId: string;
  readonly seq: number | null;
}

/** Databases and their logs; the shared memory beside them is no part of what must last. */
const KEPT = /\.db(-wal|-journal)?$/;

/** What an answer goes out with. */
const SAYING = /^(write|writev|sendto|sendmsg)$/;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v', f: '\f' };

/** The bytes of a string as strace writes it: all in hex, or plain with a few escapes. */
function decode(text: string): Buffer {
  if (text.startsWith('\\x')) return Buffer.from(text.replaceAll('\\x', ''), 'hex');
  const plain = text.replaceAll(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
  return Buffer.from(plain, 'latin1');
}

const STRING = /"((?:[^"\\]|\\.)*)"/g;
const strings = (text: string): string[] => [...text.matchAll(STRING)].map((m) => m[1] ?? '');

/** The results that a write to a socket carries. */
function readAnswer(text: string): readonly Told[] {
  const answer = Buffer.concat(strings(text).map(decode)).toString('utf8');
  const from = answer.indexOf('{"proto"');
  if (from < 0 || !answer.includes('"results":')) return [];
  const { results } = JSON.parse(answer.slice(from)) as {
    results: readonly { opId: string; seq?: number }[];
  };
  return results.map(({ opId, seq }) => ({ opId, seq: seq ?? null }));
}

export interface Trace {
  readonly events: DiskEvent[];
  /** The last event is a write in which the server was killed: it may have happened or not. */
  readonly halfDone: boolean;
}

interface Call {
  readonly name: string;
  readonly words: string;
  readonly answer: string;
  /** How many events there were when it began. */
  readonly began: number;
}

/**
 * Reads what strace wrote of a server whose data is in `root`. An answer counts from when the server
 * begins to send it, everything else from when it is done. Throws at a way of writing that the disk
 * would not know of.
 */
export function readTrace(file: string, root: string, exists: Iterable<string>): Trace {
  let halfDone = false;
  const events: DiskEvent[] = [];
  const names = new Set(exists);
  const open = new Map<string, { name: string; words: string; began: number }>();
  const isKept = (path: string): boolean => path.startsWith(`${root}/`) && KEPT.test(path);
  const fdPath = (words: string): string => /^\d+<([^>]*)>/.exec(words)?.[1] ?? '';
  const pathAt = (folder: string | undefined, name: string | undefined): string =>
    resolve(folder ?? '/', decode(name ?? '').toString('utf8'));

  function say(name: string, words: string): void {
    if (!SAYING.test(name) || !/^\d+<(socket|TCP)/.test(words)) return;
    const told = readAnswer(words);
    if (told.length > 0) events.push({ kind: 'ack', told });
  }

  function done({ name, words, answer, began }: Call): void {
    if (answer.startsWith('-1')) return;
    const unknown = answer.startsWith('?');
    if (unknown && name === 'pwrite64' && isKept(fdPath(words))) halfDone = true;
    else if (unknown) return;
    const path = fdPath(words);
    const numbers = words.split(', ');
    if (name === 'fsync' || name === 'fdatasync') {
      if (isKept(path) || path === root || path.startsWith(`${root}/`)) {
        events.push({ kind: 'sync', path, began });
      }
    } else if (name === 'pwrite64' && isKept(path)) {
      const count = unknown ? Infinity : Number.parseInt(answer, 10);
      const first = words.indexOf('"');
      const bytes = decode(words.slice(first + 1, words.lastIndexOf('"'))).subarray(0, count);
      if (!unknown && bytes.length !== count)
        throw new Error(`The trace has cut a write of ${count} bytes.`);
      events.push({ kind: 'write', path, at: Number(numbers.at(-1)), bytes });
    } else if (name === 'ftruncate' && isKept(path)) {
      events.push({ kind: 'size', path, size: Number(numbers.at(-1)) });
    } else if (name === 'openat') {
      const opened = /<([^>]*)>/.exec(answer)?.[1] ?? '';
      if (!isKept(opened)) return;
      if (words.includes('O_CREAT') && !names.has(opened)) {
        names.add(opened);
        events.push({ kind: 'create', path: opened });
      }
      if (words.includes('O_TRUNC')) events.push({ kind: 'size', path: opened, size: 0 });
    } else if (name === 'unlink' || name === 'rename') {
      const [from, to] = strings(words).map((text) => pathAt(undefined, text));
      if (from === undefined || !(isKept(from) || (to !== undefined && isKept(to)))) return;
      names.delete(from);
      if (to === undefined) events.push({ kind: 'unlink', path: from });
      else events.push({ kind: 'rename', path: from, to });
      if (to !== undefined) names.add(to);
    } else if (!SAYING.test(name) || isKept(path)) {
      const near = [path, ...strings(words).map((text) => pathAt(undefined, text))];
      if (near.some(isKept))
        throw new Error(`The trace has ${name} of a database: ${words.slice(0, 200)}`);
    }
  }

  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const head = /^(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()/.exec(line);
    if (head === null) continue;
    const [start, pid = '', resumed, begun] = head;
    const rest = line.slice(start.length);
    const end = rest.lastIndexOf(' = ');
    if (begun !== undefined) {
      const unfinished = rest.endsWith('<unfinished ...>');
      const words = unfinished
        ? rest.slice(0, -' <unfinished ...>'.length)
        : rest.slice(0, rest.lastIndexOf(')', end));
      say(begun, words);
      if (unfinished) open.set(pid, { name: begun, words, began: events.length });
      else done({ name: begun, words, answer: rest.slice(end + 3), began: events.length });
    } else {
      const was = open.get(pid);
      open.delete(pid);
      if (was === undefined || was.name !== resumed) continue;
      const words = was.words + rest.slice(0, rest.lastIndexOf(')', end));
      done({ ...was, words, answer: rest.slice(end + 3) });
    }
  }
  for (const call of open.values()) done({ ...call, answer: '?' });
  return { events, halfDone };
}
