import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ownProcess } from '../../prove/real/scratch.ts';
import type { Town } from './town.ts';

/** So many knocks, dealt to so many phones, sent in batches of so many. */
export interface PushLoad {
  readonly url: string;
  readonly clients: number;
  readonly batch: number;
  readonly knocks: number;
  /** Bodies packed as the app packs them. */
  readonly gzip: boolean;
  /** The first phone; else those after the last load's. */
  readonly from?: number;
}

export interface PushMeasure {
  readonly ms: number;
  /** How long each push took, in ms. */
  readonly waits: readonly number[];
  /** Bytes on the wire, headers included. */
  readonly up: number;
  readonly down: number;
}

/** What one phone fetches: its packet, and what is new since a cursor where one is given. */
export interface PullLoad {
  readonly url: string;
  readonly phone: number;
  readonly cursor: string | null;
}

export interface PullMeasure {
  readonly ms: number;
  readonly facts: number;
  readonly down: number;
  /** Where the packet ended, before anything was pulled. */
  readonly cursor: string;
}

export type Asked =
  | { readonly kind: 'town'; readonly town: Town }
  | { readonly kind: 'push'; readonly load: PushLoad }
  | ({ readonly kind: 'pull' } & PullLoad);

export type Told =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pushed'; readonly measure: PushMeasure }
  | { readonly kind: 'pulled'; readonly measure: PullMeasure }
  | { readonly kind: 'fault'; readonly reason: string };

/** The town's phones, in a process of their own. */
export interface Phones {
  /** Makes them the phones of another town. */
  moveTo(town: Town): Promise<void>;
  push(load: PushLoad): Promise<PushMeasure>;
  pull(load: PullLoad): Promise<PullMeasure>;
  stop(): void;
}

/** Starts that process. It runs beside the server, on the same processors. */
export function startPhones(town: Town): Phones {
  const path = fileURLToPath(new URL('phones-process.ts', import.meta.url));
  const child = fork(path, [], { execArgv: ['--import', 'tsx'] });
  ownProcess(child);
  async function ask(asked: Asked): Promise<Told> {
    const heard = once(child, 'message');
    child.send(asked);
    const [told] = (await heard) as [Told];
    if (told.kind === 'fault') throw new Error(told.reason);
    return told;
  }
  let ready = ask({ kind: 'town', town });
  return {
    moveTo: async (other) => {
      await ready;
      ready = ask({ kind: 'town', town: other });
      await ready;
    },
    push: async (load) => {
      await ready;
      const told = await ask({ kind: 'push', load });
      if (told.kind !== 'pushed') throw new Error('The phones answered something else.');
      return told.measure;
    },
    pull: async (load) => {
      await ready;
      const told = await ask({ kind: 'pull', ...load });
      if (told.kind !== 'pulled') throw new Error('The phones answered something else.');
      return told.measure;
    },
    stop: () => void child.kill(),
  };
}
