import { parentPort, workerData } from 'node:worker_threads';
import { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import { PostgresServer } from '../store/postgres-server.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import type { FromSearch, SearchJob } from './duplicate-messages.ts';
import { sayFault } from './say-fault.ts';
import { searchDuplicates, type SearchPorts, type SearchResult } from './search-duplicates.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');
const send = (message: FromSearch): void => port.postMessage(message);

let cancelled = false;
port.on('message', () => {
  cancelled = true;
});
const ports: SearchPorts = {
  onProgress: (progress) => send({ kind: 'progress', progress }),
  cancelled: () => cancelled,
};

/** Reads on a connection of its own: nobody waits for it. */
async function work({ target, chapterId }: SearchJob): Promise<SearchResult | null> {
  if (target.engine === 'sqlite') {
    const db = SqliteChapterDb.openAsItIs(chapterId, target.path);
    try {
      return await searchDuplicates(db.read, ports);
    } finally {
      await db.close();
    }
  }
  const server = await PostgresServer.open('duplicates', target.url, 1);
  try {
    const db = await PostgresChapterDb.open(target.chapterId, server, target.folder);
    return await searchDuplicates(db.read, ports);
  } finally {
    await server.close();
  }
}

try {
  send({ kind: 'ended', result: await work(workerData as SearchJob) });
} catch (error) {
  sayFault('The search for duplicates met a fault', error);
} finally {
  port.close();
}
