// One phone with the app's own core and a full outbox, in a process of its own.
import { randomBytes } from 'node:crypto';
import type { Operation } from '#shared/model/operation.ts';
import { hashText } from '../../../client/store/hash-text.ts';
import type { OutboxOp } from '../../../client/store/outbox-store.ts';
import { makeEngine } from '../../../client/sync/engine.ts';
import { sealText } from '../../../client/store/seal-text.ts';
import { webSigner } from '../../../client/sync/signer.ts';
import { fetchTransport } from '../../../client/sync/transport.ts';
import { makeOutboxDisk, MemoryOutbox } from '../../scenario/sim/memory-outbox.ts';
import { makePacketDisk, MemoryPackets } from '../../scenario/sim/memory-packets.ts';
import { EPOCH, KnockWriter } from './knocks.ts';
import type { DrainLoad } from './drain-bench.ts';

const IDLE = 60_000;
const HOUR = 3_600_000;

function toOutboxOp(body: string, sealed: { opId: string; sha256: string }): OutboxOp {
  const { localSeq, deviceId, chapterId, type, entityId } = JSON.parse(body) as Operation;
  const about = { localSeq, deviceId, chapterId, type, doorId: entityId };
  return { ...sealed, body, ...about, urgent: false, state: 'unsent', result: null };
}

/** The app asks its own server by path; here the server is somewhere else. */
function leadFetchTo(url: string): void {
  const real = globalThis.fetch;
  globalThis.fetch = (path, options) =>
    real(typeof path === 'string' ? new URL(path, url) : path, options);
}

async function drain({ url, town, knocks }: DrainLoad): Promise<number> {
  leadFetchTo(url);
  const who = town.phones[0];
  if (who === undefined) throw new RangeError('no phone');
  const disk = makeOutboxDisk(EPOCH);
  const chapter = { id: town.chapterId, slug: 'bench', name: 'Bench', timeZone: 'UTC' };
  const member = { id: who.memberId, name: 'Kim', role: 'canvasser' as const };
  const identity = { deviceId: who.deviceId, deviceToken: who.token, chapter, member };
  disk.current = identity;
  disk.identities.set(who.deviceId, identity);
  for (const { ops } of new KnockWriter(town).write(knocks, 1)) {
    for (const { body, ...sealed } of ops) disk.ops.set(sealed.opId, toOutboxOp(body, sealed));
  }
  const edge = {
    transact: <T>(_: string, work: () => T): Promise<T> => Promise.resolve(work()),
  };
  const outbox = new MemoryOutbox(disk, edge);
  const engine = makeEngine(
    {
      outbox,
      packets: new MemoryPackets(makePacketDisk(), edge),
      transport: fetchTransport,
      clock: { now: () => Date.now(), elapsed: () => performance.now() },
      timers: {
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      },
      random: (count) => new Uint8Array(randomBytes(count)),
      roll: () => Math.random(),
      signer: webSigner,
      seal: sealText,
      hash: hashText,
    },
    { idleMs: IDLE, tell: () => {} },
  );
  const begun = performance.now();
  const empty = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The outbox does not get empty.')), HOUR);
    outbox.watchUnsent((unsent) => {
      if (unsent > 0) return;
      clearTimeout(late);
      resolve(performance.now() - begun);
    });
  });
  engine.start();
  const ms = await empty;
  engine.stop();
  return ms;
}

process.on('message', (load: DrainLoad) => {
  drain(load).then(
    (ms) => process.send?.({ ms }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
