// Yjs documents, one a phone, over Hocuspocus with a SQLite file behind it. A fact counts once the
// server has merged it in memory; it is stored up to a second later. Needs Node 22 or newer.
import { Database } from '@hocuspocus/extension-database';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { Server } from '@hocuspocus/server';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { countOnServer, runClient, runServer } from './role.mjs';

const factsOf = (doc) => doc.getMap('facts');

async function serve(folder) {
  const db = new DatabaseSync(join(folder, 'documents.db'));
  db.exec('pragma journal_mode = wal; pragma synchronous = full');
  db.exec('create table documents (name text primary key, data blob not null)');
  const find = db.prepare('select data from documents where name = ?');
  const put = db.prepare(
    'insert into documents values (?, ?) on conflict (name) do update set data = excluded.data',
  );
  const storage = new Database({
    fetch: async ({ documentName }) => find.get(documentName)?.data ?? null,
    store: async ({ documentName, state }) => void put.run(documentName, state),
  });
  const hocuspocus = new Server({
    port: 0,
    address: '127.0.0.1',
    quiet: true,
    debounce: 200,
    maxDebounce: 1000,
    extensions: [storage],
  });
  await hocuspocus.listen();
  const { documents } = hocuspocus.hocuspocus;
  const count = () => [...documents.values()].reduce((sum, doc) => sum + factsOf(doc).size, 0);
  return { server: hocuspocus.httpServer, count };
}

async function until(holds) {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function prepare({ port, outboxes }) {
  const url = `ws://127.0.0.1:${port}`;
  const total = outboxes.reduce((sum, facts) => sum + facts.length, 0);
  const docs = outboxes.map((facts) => {
    const doc = new Y.Doc();
    // One transaction a fact, as they come about at doors.
    for (const fact of facts) factsOf(doc).set(fact.opId, fact);
    return doc;
  });
  const open = (doc, i) => {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url,
      WebSocketPolyfill: WebSocket,
    });
    const provider = new HocuspocusProvider({
      websocketProvider,
      name: `phone-${i}`,
      document: doc,
    });
    provider.attach();
    return () => {
      provider.destroy();
      websocketProvider.destroy();
    };
  };
  return {
    push: async () => {
      const closers = docs.map(open);
      await until(async () => (await countOnServer()) === total);
      return async () => {
        for (const close of closers) close();
        // Long enough for the server to have stored and let go of the documents.
        await new Promise((resolve) => setTimeout(resolve, 1500));
      };
    },
    pull: async () => {
      const fresh = docs.map(() => new Y.Doc());
      const closers = fresh.map(open);
      await until(() => fresh.reduce((sum, doc) => sum + factsOf(doc).size, 0) === total);
      for (const close of closers) close();
    },
  };
}

await (process.argv[2] === 'server' ? runServer(serve) : runClient(prepare));
