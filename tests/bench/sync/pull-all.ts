import { createPrivateKey, sign } from 'node:crypto';
import type { Packet } from '#shared/model/packet.ts';
import type { PullAnswer, TokenAnswer } from '#shared/sync/protocol.ts';
import { HttpClient } from './http-client.ts';
import type { PullLoad, PullMeasure } from './phones.ts';
import type { Town, TownPhone } from './town.ts';

/** Signs a challenge with the phone's key, and gets leave to read (P14). */
async function askToRead(client: HttpClient, { deviceId, token, key }: TownPhone): Promise<string> {
  const ask = async (body: object): Promise<TokenAnswer> =>
    JSON.parse(await client.post('/v1/token', token, JSON.stringify(body), false)) as TokenAnswer;
  const first = await ask({ deviceId });
  if (first.kind !== 'challenge') throw new Error('The server asks for no signature.');
  const { challenge } = first;
  const privateKey = createPrivateKey({
    key: Buffer.from(key, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const signature = sign('sha256', Buffer.from(challenge), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
  const second = await ask({ deviceId, answer: { challenge, signature } });
  if (second.kind !== 'token') throw new Error('The server gave no leave to read.');
  return second.token;
}

/**
 * One phone fetches its packet, or, with a cursor, page after page of what has come since; timed
 * from the first request to the last answer read. Leave to read is got before.
 */
export async function pullAll(town: Town, load: PullLoad): Promise<PullMeasure> {
  const who = town.phones[load.phone];
  if (who === undefined) throw new RangeError('no such phone');
  const client = new HttpClient(load.url, 1);
  try {
    const token = await askToRead(client, who);
    const before = client.traffic.down;
    const begun = performance.now();
    let [facts, cursor] = [0, load.cursor];
    if (cursor === null) {
      const packet = JSON.parse(await client.get('/v1/packet', token)) as Packet;
      ({ cursor } = packet);
      facts = packet.history.length;
    } else {
      for (let more = true; more;) {
        const path: string = `/v1/pull?cursor=${encodeURIComponent(cursor)}`;
        const page = JSON.parse(await client.get(path, token)) as PullAnswer;
        ({ cursor, more } = page);
        facts += page.changes.length;
      }
    }
    const ms = performance.now() - begun;
    return { ms, facts, cursor, down: client.traffic.down - before };
  } finally {
    client.close();
  }
}
