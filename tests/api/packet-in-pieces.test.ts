import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Packet } from '#shared/model/packet.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { makeWalk, push, seal, type Phone } from './make-walk.ts';

let server: TestApp;
beforeEach(async () => {
  server = await makeApp();
});
afterEach(() => server.close());

/** Says so many things at the turf's doors. */
async function say(phone: Phone, facts: number): Promise<string[]> {
  const { doors } = phone.packet;
  const ops = Array.from({ length: facts }, (_, n) => {
    const doorId = doors[n % doors.length]?.id ?? '';
    return seal(phone, 'lit-drop', { doorId }, START);
  });
  for (let from = 0; from < facts; from += 200)
    await push(server, phone, ops.slice(from, from + 200));
  return ops.map(({ opId }) => opId);
}

test.each([3, 1_150])(
  'a packet with %i facts has all of them, and says how long it is',
  async (facts) => {
    const db = await server.makeChapter('oakdale');
    await makeTown(db, 'Oak');
    const { phone } = await makeWalk(server, db);
    const said = await say(phone, facts);
    const { headers } = await phone.reader();
    const fetch = (encoding: string) =>
      server.app.inject({
        url: '/v1/packet',
        headers: { ...headers, 'accept-encoding': encoding },
      });
    const answer = await fetch('identity');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['x-unpacked-bytes']).toBe(String(Buffer.byteLength(answer.body)));
    const { history, ...rest } = answer.json<Packet>();
    expect(history.map(({ opId }) => opId)).toEqual(said);
    expect(Object.keys(rest)).toEqual(expect.arrayContaining(['turf', 'people', 'map', 'cursor']));
    const packed = await fetch('gzip');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers['x-unpacked-bytes']).toBe(answer.headers['x-unpacked-bytes']);
  },
);
