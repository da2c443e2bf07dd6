import Module from 'node:module';
import type { Sqlite, StatementSync } from '../../../server/store/sqlite.ts';

/** Called around every commit of every database of this process; what it throws, the commit threw. */
export type CommitHook = (moment: 'before' | 'after') => void;

interface Driver {
  readonly DatabaseSync: new (path: string, options?: object) => Sqlite;
}
interface Loader {
  _load(name: string, ...rest: readonly unknown[]): unknown;
}

let hook: CommitHook | null = null;

function around<T>(commit: () => T): T {
  hook?.('before');
  const done = commit();
  hook?.('after');
  return done;
}

const isCommit = (text: string): boolean => text.toLowerCase() === 'commit';

/** The driver, on a disk that may fail. */
function onBadDisk({ DatabaseSync }: Driver): Driver {
  class WatchedDatabase extends DatabaseSync {
    override exec(text: string): void {
      if (isCommit(text)) around(() => super.exec(text));
      else super.exec(text);
    }
    override prepare(text: string): StatementSync {
      const statement = super.prepare(text);
      if (!isCommit(text)) return statement;
      return new Proxy(statement, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]): unknown =>
            around(() => Reflect.apply(value, target, given) as unknown);
        },
      });
    }
  }
  return { DatabaseSync: WatchedDatabase };
}

// The driver is wrapped as it is loaded, from outside, since the server's code takes no such
// switch. This file must therefore be imported before anything of the server.
const loader = Module as unknown as Loader;
const load = loader._load.bind(Module);
let watched: Driver | null = null;
loader._load = (name, ...rest) => {
  const loaded = load(name, ...rest);
  if (name !== 'node:sqlite' && name !== '@photostructure/sqlite') return loaded;
  watched ??= onBadDisk(loaded as Driver);
  return watched;
};

/** From now on commits pass this hook; null when the disk is well again. */
export function hookCommits(next: CommitHook | null): void {
  if (watched === null) throw new Error('The server was loaded before its disk.');
  hook = next;
}
