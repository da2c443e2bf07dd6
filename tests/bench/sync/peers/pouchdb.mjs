// PouchDB in memory on the phones, replicating to express-pouchdb on leveldb. Its answer means
// written, not on the disk. Runs in the folder where the peers are installed.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runClient, runServer } from './role.mjs';

const require = createRequire(import.meta.url);
const plugged = (...names) =>
  names.reduce((pouch, name) => pouch.plugin(require(name)), require('pouchdb-core'));

async function serve(folder) {
  const log = join(folder, 'log.txt');
  const PouchDB = plugged(
    'pouchdb-adapter-leveldb',
    'pouchdb-adapter-http',
    'pouchdb-mapreduce',
    'pouchdb-replication',
  ).defaults({ prefix: `${folder}/` });
  const app = require('express')();
  const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: log };
  app.use('/', require('express-pouchdb')(PouchDB, options));
  const db = new PouchDB('chapter');
  await db.info();
  const count = async () => (await db.info()).doc_count;
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve({ server, count }));
  });
}

async function prepare({ port, outboxes, batch }) {
  const PouchDB = plugged('pouchdb-adapter-memory', 'pouchdb-adapter-http', 'pouchdb-replication');
  PouchDB.setMaxListeners?.(1000);
  const url = `http://127.0.0.1:${port}/chapter`;
  const phones = outboxes.map((_, i) => new PouchDB(`phone${i}`, { adapter: 'memory' }));
  for (const [i, docs] of outboxes.entries()) {
    await phones[i].bulkDocs(docs.map((doc) => ({ _id: doc.opId, ...doc })));
  }
  const total = outboxes.reduce((sum, docs) => sum + docs.length, 0);
  const check = (moved) => {
    if (moved !== total) throw new Error(`${moved} of ${total} documents went over.`);
  };
  return {
    push: async () => {
      const sent = await Promise.all(
        phones.map((phone) => phone.replicate.to(url, { batch_size: batch })),
      );
      check(sent.reduce((sum, one) => sum + one.docs_written, 0));
    },
    pull: async () => {
      const fresh = new PouchDB('fresh', { adapter: 'memory' });
      check((await fresh.replicate.from(url, { batch_size: 500 })).docs_written);
    },
  };
}

await (process.argv[2] === 'server' ? runServer(serve) : runClient(prepare));
