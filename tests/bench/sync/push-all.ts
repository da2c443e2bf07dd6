import { randomBytes } from 'node:crypto';
import { makeId } from '#shared/kernel/ids.ts';
import { PROTO, type Push, type PushAnswer } from '#shared/sync/protocol.ts';
import { HttpClient } from './http-client.ts';
import { EPOCH, type Outbox } from './knocks.ts';
import type { PushLoad, PushMeasure } from './phones.ts';
import type { Town } from './town.ts';

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));

/**
 * Has every phone send what it has, each on a connection of its own, batch after batch. Throws when
 * any knock is not taken.
 */
export async function pushAll(
  town: Town,
  load: PushLoad,
  outboxes: readonly Outbox[],
): Promise<PushMeasure> {
  const client = new HttpClient(load.url, load.clients);
  const waits: number[] = [];
  let applied = 0;

  async function drain({ phone, ops }: Outbox): Promise<void> {
    const who = town.phones[phone];
    if (who === undefined) throw new RangeError('no such phone');
    for (let i = 0; i < ops.length; i += load.batch) {
      const begun = performance.now();
      const batch = ops.slice(i, i + load.batch);
      const push: Push = {
        proto: PROTO,
        batchId: makeId(Date.now(), random),
        deviceId: who.deviceId,
        dbEpoch: EPOCH,
        incarnationSeen: null,
        maxLocalSeq: i + batch.length,
        unsent: ops.length - i,
        ops: batch,
      };
      const text = await client.post('/v1/push', who.token, JSON.stringify(push), load.gzip);
      const answer = JSON.parse(text) as PushAnswer;
      waits.push(performance.now() - begun);
      applied += answer.results.filter((result) => result.status === 'applied').length;
    }
  }

  try {
    const begun = performance.now();
    await Promise.all(outboxes.map(drain));
    const ms = performance.now() - begun;
    if (applied !== load.knocks) throw new Error(`${load.knocks - applied} knocks were not taken.`);
    return { ms, waits, ...client.traffic };
  } finally {
    client.close();
  }
}
