import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import type { OpResult, Push, PushAnswer } from '#shared/sync/protocol.ts';

const FIXTURES = join(import.meta.dirname, '../old-clients');

/** A push as a released phone made it, and what that release's server answered, if it was asked. */
export interface RecordedPush {
  readonly path: string;
  readonly token: string;
  readonly body: Push;
  readonly answer: PushAnswer | null;
}

/** An IndexedDB outbox as a released phone left it: its version, and the rows of each store. */
export interface RecordedOutbox {
  readonly version: number;
  readonly ops: readonly Record<string, unknown>[];
  readonly head: readonly Record<string, unknown>[];
  readonly identities: readonly { readonly deviceId: string; readonly deviceToken: string }[];
}

/** What was recorded of one release: its data folder, a phone of it, and that phone's traffic. */
export interface OldRelease {
  readonly name: string;
  readonly chapterId: string;
  /** Sent and answered in the release's own time. */
  readonly sent: readonly RecordedPush[];
  /** Made in the two weeks after that without a network, in the batches that it would send. */
  readonly queued: readonly RecordedPush[];
  readonly outbox: RecordedOutbox;
  /** Writes the release's databases into an empty folder. */
  unpack(dataDir: string): void;
}

const read = (folder: string, name: string): Buffer =>
  gunzipSync(readFileSync(join(folder, `${name}.gz`)));

function readRelease(name: string): OldRelease {
  const folder = join(FIXTURES, name);
  const json = <T>(part: string): T => JSON.parse(read(folder, `${part}.json`).toString()) as T;
  const file = readdirSync(folder).find((entry) => /^[0-9a-f-]{36}\.db\.gz$/.test(entry));
  if (file === undefined) throw new Error(`${folder} has no chapter`);
  const chapterId = file.slice(0, 36);
  return {
    name,
    chapterId,
    sent: json('sent'),
    queued: json('queued'),
    outbox: json('outbox'),
    unpack: (dataDir) => {
      mkdirSync(join(dataDir, 'chapters'), { recursive: true });
      writeFileSync(join(dataDir, 'registry.db'), read(folder, 'registry.db'));
      const path = join(dataDir, 'chapters', `${chapterId}.db`);
      writeFileSync(path, read(folder, `${chapterId}.db`));
    },
  };
}

/** Every release there has been. */
export function readReleases(): readonly OldRelease[] {
  const names = readdirSync(FIXTURES, { withFileTypes: true });
  return names
    .filter((entry) => entry.isDirectory())
    .map((entry) => readRelease(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const resultsOf = (answer: PushAnswer | null): readonly OpResult[] => answer?.results ?? [];

/** The recorded outbox as a database that an app can open. */
export async function openOldOutbox(recorded: RecordedOutbox): Promise<IDBFactory> {
  const factory = new IDBFactory();
  const open = factory.open('homeground-outbox', recorded.version);
  open.addEventListener('upgradeneeded', () => {
    const ops = open.result.createObjectStore('ops', { keyPath: 'opId' });
    ops.createIndex('state', 'state');
    ops.createIndex('localSeq', 'localSeq');
    open.result.createObjectStore('head', { keyPath: 'name' });
    open.result.createObjectStore('identities', { keyPath: 'deviceId' });
  });
  await new Promise((resolve, reject) => {
    open.addEventListener('success', resolve);
    open.addEventListener('error', reject);
  });
  const write = open.result.transaction(['ops', 'head', 'identities'], 'readwrite');
  for (const name of ['ops', 'head', 'identities'] as const) {
    for (const row of recorded[name]) write.objectStore(name).put(row);
  }
  await new Promise((resolve, reject) => {
    write.addEventListener('complete', resolve);
    write.addEventListener('error', reject);
  });
  open.result.close();
  return factory;
}
