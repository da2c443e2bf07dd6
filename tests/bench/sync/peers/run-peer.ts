import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { makeScratch, ownProcess, removeScratch } from '../../../prove/real/scratch.ts';
import type { Outbox } from '../knocks.ts';
import type { Peers } from './install.ts';

export interface PeerLoad {
  readonly outboxes: readonly Outbox[];
  /** Facts in one request, where the peer has such a thing. */
  readonly batch: number;
}

export interface PeerMeasure {
  readonly pushMs: number;
  /** One fresh client fetches everything. */
  readonly pullMs: number;
  /** Bytes on the wire of the push and of the pull. */
  readonly pushUp: number;
  readonly pullDown: number;
}

interface Said {
  readonly port?: number;
  readonly ms?: number;
  readonly ask?: 'count';
  readonly count?: number;
  readonly up?: number;
  readonly down?: number;
}

const MOST_MS = 5 * 60_000;

function hear(child: ChildProcess): Promise<Said> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('A peer does not answer.')), MOST_MS);
    const ended = (): void => reject(new Error('A peer ended.'));
    child.once('exit', ended);
    child.once('message', (said) => {
      clearTimeout(late);
      child.off('exit', ended);
      resolve(said as Said);
    });
  });
}

function tell(child: ChildProcess, message: object): Promise<Said> {
  const said = hear(child);
  child.send(message);
  return said;
}

/** Has the phones of a peer send and fetch the same facts as ours, with processes like ours. */
export async function runPeer(
  name: 'pouchdb' | 'hocuspocus',
  { folder, newNode }: Peers,
  { outboxes, batch }: PeerLoad,
): Promise<PeerMeasure> {
  const scratch = makeScratch(`bench-${name}`);
  const execPath = name === 'hocuspocus' && newNode !== null ? newNode : process.execPath;
  const env = { ...process.env, FOLDER: scratch, NODE_NO_WARNINGS: '1' };
  const start = (role: string): ChildProcess => {
    const options = { cwd: folder, execPath, env, execArgv: [] };
    const child = fork(join(folder, `${name}.mjs`), [role], {
      ...options,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    ownProcess(child);
    return child;
  };
  const server = start('server');
  const client = start('client');
  try {
    const [{ port }] = await Promise.all([hear(server), hear(client)]);
    /** A phone may ask on the way how far the server has come. */
    const step = async (message: object): Promise<number> => {
      let said = await tell(client, message);
      while (said.ask === 'count') said = await tell(client, await tell(server, {}));
      return said.ms ?? 0;
    };
    const facts = outboxes.map(({ ops }) => ops.map((op) => JSON.parse(op.body) as unknown));
    await step({ port, batch, outboxes: facts });
    const before = await tell(server, {});
    const pushMs = await step({});
    const between = await tell(server, {});
    const pullMs = await step({});
    const after = await tell(server, {});
    return {
      pushMs,
      pullMs,
      pushUp: (between.up ?? 0) - (before.up ?? 0),
      pullDown: (after.down ?? 0) - (between.down ?? 0),
    };
  } finally {
    client.kill();
    server.kill('SIGKILL');
    removeScratch(scratch);
  }
}
