import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import {
  type DeviceId,
  type DoorId,
  makeId,
  type OpId,
  type PersonId,
  parseUuid,
} from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { Person } from '#shared/model/person.ts';
import { EVERYONE } from '#shared/model/universe.ts';
import { addMember, findMember } from '../../server/chapter/staff-links.ts';
import { answersCsv, knocksCsv } from '../../server/export/knocks-csv.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { readPacket } from '../../server/turf/read-packet.ts';
import { publishTurf } from '../../server/turf/publish-turf.ts';
import { changeTurf, makeTurf } from '../../server/turf/turfs.ts';
import { saveUniverse } from '../../server/turf/universes.ts';

interface Means {
  readonly clock: () => number;
  readonly random: RandomBytes;
}

const TOKEN = createHash('sha256').update('the only phone').digest();
const YEAR = 366 * 24 * 3_600_000;

const box = (west: number, east: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 41],
      [east, 41],
      [east, 43],
      [west, 43],
      [west, 41],
    ],
  ],
});
/** Around all homes of the town, and around the first two. */
const OUTLINES = { wide: box(-51, -49), narrow: box(-51, -49.9985) } as const;

/** The town's one phone; made anew where a restore has taken it. */
async function readPhone(db: ChapterDb, means: Means) {
  const find = () =>
    db.read
      .selectFrom('devices')
      .select(['key', 'id', 'member_id'])
      .where('token_hash', '=', TOKEN)
      .executeTakeFirst();
  const known = await find();
  if (known !== undefined) return known;
  const memberId = await addMember(db, { name: 'Wanda', role: 'canvasser' }, means);
  const id = makeId<DeviceId>(means.clock(), means.random);
  const row = { id, token_hash: TOKEN, member_id: memberId, joined_at: means.clock() };
  await db.write((trx) =>
    trx
      .insertInto('devices')
      .values(row as never)
      .execute(),
  );
  const made = await find();
  if (made === undefined) throw new Error('no phone');
  return made;
}

/** Cuts the town's turf, or cuts it anew, and hands it to the phone. A cut that holds nobody is none. */
export async function recut(
  db: ChapterDb,
  shape: keyof typeof OUTLINES,
  means: Means,
): Promise<void> {
  const outline = OUTLINES[shape];
  const turf = await db.read.selectFrom('turfs').select(['id', 'version']).executeTakeFirst();
  if (turf !== undefined) {
    await changeTurf(db, turf.id, { outline }, turf.version, means);
    return;
  }
  const admin = await findMember(db, 'admin');
  if (admin === null) throw new Error('no admin');
  const universe = await saveUniverse(db, { name: 'All', question: EVERYONE }, admin, means);
  const made = await makeTurf(db, { universeId: universe.id, name: 'One', outline }, means);
  if (!made.ok) return;
  if (!(await publishTurf(db, made.value.id, null, means)).ok) return;
  const { key } = await readPhone(db, means);
  const hold = { from_at: means.clock(), until_at: means.clock() + YEAR };
  await db.write((trx) =>
    trx
      .insertInto('assignments')
      .values({ turf_id: made.value.id, device_key: key, ...hold } as never)
      .execute(),
  );
}

/** Somebody in the roll as a fact names them. */
export interface Met {
  readonly id: PersonId;
  readonly key: number;
  readonly doorKey: number;
  readonly doorId: DoorId;
}

/** Writes a conversation with each of them into the log. */
export async function meet(db: ChapterDb, all: readonly Met[], means: Means): Promise<void> {
  const phone = await readPhone(db, means);
  const now = means.clock();
  await db.write(async (trx) => {
    const { seq: before } = await trx.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
    for (const [at, { id, key, doorKey, doorId }] of all.entries()) {
      const opId = makeId<OpId>(now, means.random);
      const seq = before + at + 1;
      const body = canonicalJson({
        opId,
        chapterId: db.id,
        actorId: phone.member_id,
        deviceId: phone.id,
        dbEpoch: 'e',
        localSeq: seq,
        type: 'knock',
        v: 1,
        entityId: doorId,
        scopeId: id,
        scriptVersionId: null,
        hlc: `${(now + at).toString(16).padStart(12, '0')}-0000`,
        at: { ms: now, offset: 0 },
        clockOffsetMs: null,
        supersedes: null,
        payload: {
          doorId,
          personId: id,
          outcome: { kind: 'contact' },
          answers: [{ id: opId, questionId: opId, given: { kind: 'support', level: 2 } }],
          note: 'n',
        },
      });
      const row = {
        seq,
        op_id: parseUuid(opId),
        type: 'knock',
        door_key: doorKey,
        person_key: key,
        device_key: phone.key,
        db_epoch: `e${now}`,
        local_seq: seq,
        at: now,
        received_at: now,
        sha256: createHash('sha256').update(body).digest(),
        body,
      };
      await trx.insertInto('ops').values(row).execute();
    }
    await trx
      .updateTable('clock')
      .set({ seq: before + all.length })
      .execute();
  });
}

/** Who is in the packet that the phone would get now; nobody while there is no turf. */
export async function packetPeople(db: ChapterDb, means: Means): Promise<readonly Person[]> {
  const { key } = await readPhone(db, means);
  const packet = await readPacket({ db, deviceKey: key }, means.clock());
  return packet.ok ? packet.value.people : [];
}

/** The first names in the files of knocks and of answers. */
export async function exportedNames(db: ChapterDb): Promise<string[]> {
  const names: string[] = [];
  for (const { header, rows } of [knocksCsv(db), answersCsv(db)]) {
    const column = header.indexOf('first_name');
    for await (const row of rows) names.push(String(row[column] ?? '').toUpperCase());
  }
  return names;
}
