import './commit-faults.ts';
import type { TurfId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice, type RandomBytes } from '#shared/kernel/random.ts';
import { buildApp } from '../../../server/app.ts';
import { createChapter } from '../../../server/chapter/create-chapter.ts';
import { openSession } from '../../../server/chapter/sessions.ts';
import { launchTurf } from '../../../server/chapter/launch-turf.ts';
import { addMember, findMember } from '../../../server/chapter/staff-links.ts';
import type { App } from '../../../server/plugins/app-type.ts';
import type { ChapterDb } from '../../../server/store/chapter-db.ts';
import type { Registry } from '../../../server/store/registry.ts';
import { SqliteRegistry } from '../../../server/store/sqlite-registry.ts';
import { type Answered, askApp, type Asked } from './ask-app.ts';

/**
 * The whole server as in production but for the socket, on a data folder that can be taken away
 * under it: a crash closes every file, and the next request opens them again.
 */
export interface SimApp {
  readonly app: App;
  ask(asked: Asked): Promise<Answered>;
  /** What the server does again and again. */
  readonly chores: readonly Chore[];
  registry(): Registry;
  makeChapter(slug: string): Promise<{ db: ChapterDb; cookie: string }>;
  /** The token of a turf's QR. */
  launch(db: ChapterDb, turfId: TurfId): Promise<string>;
  /** Chance from here on. */
  reseed(random: RandomBytes): void;
  /** Closes all files. */
  shut(): Promise<void>;
  /** Opens the folder again, or another one. */
  reopen(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** What is done with a chapter before anybody gets it. */
type WhenOpened = Parameters<Registry['whenOpened']>[0];

/** Stands where the registry is expected, and passes everything on to the one that is open now. */
class RegistryInUse {
  current: Registry;
  readonly stand: Registry;
  readonly #hooks: WhenOpened[] = [];

  constructor(first: Registry) {
    this.current = first;
    this.stand = new Proxy(first, { get: (_, name) => this.#get(name) });
  }

  /** A process that starts anew asks again to be told of each chapter that it opens. */
  async change(next: Registry): Promise<void> {
    this.current = next;
    for (const hook of this.#hooks) await next.whenOpened(hook);
  }

  #get(name: string | symbol): unknown {
    if (name === 'whenOpened') {
      return (hook: WhenOpened): Promise<void> => {
        this.#hooks.push(hook);
        return this.current.whenOpened(hook);
      };
    }
    const value: unknown = Reflect.get(this.current, name, this.current);
    return typeof value === 'function' ? (value.bind(this.current) as unknown) : value;
  }
}

/** Something that the server does again and again. */
export interface Chore {
  readonly everyMs: number;
  readonly run: () => void;
}

/** Runs work while what asks for repeated turns of the real clock is written down instead. */
async function collectChores<T>(work: () => Promise<T>): Promise<{ made: T; chores: Chore[] }> {
  const real = globalThis.setInterval;
  const chores: Chore[] = [];
  const noTimer = real(() => {}, 2 ** 30);
  noTimer.unref();
  const collect = (run: () => void, everyMs = 0): NodeJS.Timeout => {
    chores.push({ run, everyMs });
    return noTimer;
  };
  globalThis.setInterval = collect as typeof setInterval;
  try {
    return { made: await work(), chores };
  } finally {
    globalThis.setInterval = real;
  }
}

export async function openSimApp(folder: string, clock: () => number): Promise<SimApp> {
  const registry = new RegistryInUse(SqliteRegistry.open(folder));
  let random = seededBytes(seededDice(7));
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    publicUrl: 'http://localhost:8080',
    secureCookies: false,
    databases: new Map<string, string>(),
    clientDir: null,
  };
  const { made, chores } = await collectChores(async () => {
    const built = await buildApp({
      config,
      registry: registry.stand,
      clock,
      random: (count) => random(count),
    });
    await built.app.ready();
    return built;
  });
  const { app, ports } = made;
  return {
    app,
    ask: (asked) => askApp(app, asked),
    chores,
    registry: () => registry.current,
    makeChapter: async (slug) => {
      const wish = {
        slug,
        name: slug,
        timeZone: 'America/New_York',
        campaign: 'Fall',
        // Its codes work again and again: here it is tried what becomes of facts, not who joins.
        demo: true,
      };
      const chapter = await createChapter(wish, ports);
      if (!chapter.ok) throw new Error(chapter.problem.code);
      const { db } = chapter.value;
      const memberId = await addMember(db, { name: 'The admin', role: 'admin' }, ports);
      const who = { chapterId: db.id, memberId, how: 'passkey' } as const;
      const { token } = await db.write((trx) => openSession(trx, who, ports));
      return { db, cookie: `hg_session=${token}` };
    },
    launch: async (db, turfId) => {
      const by = await findMember(db, 'admin');
      if (by === null) throw new Error('A chapter has an admin.');
      const launch = await launchTurf(db, turfId, { by, demo: true }, ports);
      if (!launch.ok) throw new Error(launch.problem.code);
      return launch.value.token;
    },
    reseed: (next) => {
      random = next;
    },
    shut: () => registry.current.close(),
    reopen: (next) => registry.change(SqliteRegistry.open(next)),
    close: async () => {
      await app.close();
      await registry.current.close();
    },
  };
}
