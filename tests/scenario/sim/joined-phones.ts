import type { DeviceId, TurfId } from '#shared/kernel/ids.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { DeviceKeys } from '../../../client/store/outbox-store.ts';
import type { ChapterDb } from '../../../server/store/chapter-db.ts';
import { readPacket } from '../../../server/turf/read-packet.ts';
import type { SimApp } from './sim-app.ts';
import { makeOwnKeys } from './sim-crypto.ts';

export type Cell = string | number | null | Uint8Array;

/** A row of a chapter's database, by the table that it belongs to. */
export interface KeptRow {
  readonly table: 'members' | 'devices' | 'assignments';
  readonly row: Readonly<Record<string, Cell>>;
}

/** What both sides have of a phone that joined and fetched its turf before the afternoon began. */
export interface JoinedPhone {
  readonly joined: Joined;
  readonly keys: DeviceKeys;
  readonly packet: Packet;
  readonly rows: readonly KeptRow[];
}

/** The phone's rows; the chapter knows it no more until they are put back. */
async function takeOut(db: ChapterDb, { deviceId, member }: Joined): Promise<KeptRow[]> {
  return db.write(async (trx) => {
    const devices = await trx
      .selectFrom('devices')
      .selectAll()
      .where('id', '=', deviceId)
      .execute();
    const keys = devices.map(({ key }) => key);
    const assignments = await trx
      .selectFrom('assignments')
      .selectAll()
      .where('device_key', 'in', keys)
      .execute();
    const members = await trx
      .selectFrom('members')
      .selectAll()
      .where('id', '=', member.id)
      .execute();
    await trx.deleteFrom('assignments').where('device_key', 'in', keys).execute();
    await trx.deleteFrom('devices').where('key', 'in', keys).execute();
    await trx.deleteFrom('members').where('id', '=', member.id).execute();
    const kept = (table: KeptRow['table'], rows: readonly object[]): KeptRow[] =>
      rows.map((row) => ({ table, row: row as KeptRow['row'] }));
    return [
      ...kept('members', members),
      ...kept('devices', devices),
      ...kept('assignments', assignments),
    ];
  });
}

async function keyOf(db: ChapterDb, deviceId: DeviceId): Promise<number> {
  const { key } = await db.read
    .selectFrom('devices')
    .select('key')
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow();
  return key;
}

/** Joins a turf with its token, by the server's own route, and fetches what is walked with. */
async function joinOne(
  sim: SimApp,
  db: ChapterDb,
  code: string,
  now: number,
): Promise<Omit<JoinedPhone, 'rows'>> {
  const keys = makeOwnKeys();
  const payload = { code, name: 'From the hall', publicKey: keys.publicKey };
  const reply = await sim.ask({ method: 'POST', url: '/v1/join', payload });
  if (reply.statusCode !== 200) throw new Error(reply.body);
  const joined = JSON.parse(reply.body) as Joined;
  const packet = await readPacket({ db, deviceKey: await keyOf(db, joined.deviceId) }, now);
  if (!packet.ok) throw new Error(packet.problem.code);
  return { joined, keys, packet: packet.value };
}

/** Phones that have joined each of these turfs, `count` of them a turf; the chapter is as before. */
export async function joinInTheHall(
  sim: SimApp,
  db: ChapterDb,
  turfs: readonly { readonly id: TurfId; readonly token: string }[],
  count: number,
  now: number,
): Promise<ReadonlyMap<TurfId, readonly JoinedPhone[]>> {
  const found: (readonly [TurfId, Omit<JoinedPhone, 'rows'>])[] = [];
  for (const { id, token } of turfs) {
    for (let n = 0; n < count; n++) found.push([id, await joinOne(sim, db, token, now)]);
  }
  // Only now: each phone has a key of its own.
  const phones = new Map<TurfId, JoinedPhone[]>();
  for (const [id, phone] of found) {
    const whole = { ...phone, rows: await takeOut(db, phone.joined) };
    phones.set(id, [...(phones.get(id) ?? []), whole]);
  }
  return phones;
}
