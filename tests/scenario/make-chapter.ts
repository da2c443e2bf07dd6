import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BuildingId,
  type CampaignId,
  type ChapterId,
  type DeviceId,
  type DoorId,
  type Id,
  makeId,
  type MemberId,
  type PersonId,
  type TurfId,
  type UniverseId,
} from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Chapter, Member } from '#shared/model/chapter.ts';
import type { FeatureCollection } from '#shared/model/geojson.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Person } from '#shared/model/person.ts';
import { makeCredential } from '../../server/chapter/credential.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { readTurfChanges } from '../../server/store/log.ts';
import { dropTestChapter, openTestChapter } from '../postgres/test-server.ts';
import { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';
import { hashedBytes } from './hashed-bytes.ts';
import { writeCursor } from '../../server/sync/cursor.ts';

/** When every made-up chapter begins: a fixed moment, so that no test looks at the wall clock. */
export const START = Date.UTC(2026, 9, 3, 14, 0, 0);
const LATER = START * 2;

export interface MadeDoor {
  readonly id: DoorId;
  readonly key: number;
  readonly buildingId: BuildingId;
  readonly people: readonly PersonId[];
}

export interface MadeDevice {
  readonly deviceId: DeviceId;
  readonly deviceKey: number;
  readonly member: Member;
  readonly token: string;
}

export interface MadeTurf {
  readonly id: TurfId;
  readonly doors: readonly MadeDoor[];
}

/** A chapter in a real SQLite file in a folder of its own, with what sync needs to know. */
export interface MadeChapter {
  readonly chapter: Chapter;
  readonly path: string;
  readonly random: RandomBytes;
  db(): ChapterDb;
  addDoors(count: number, peopleEach?: number): Promise<MadeDoor[]>;
  addTurf(doors: readonly MadeDoor[]): Promise<MadeTurf>;
  addDevice(turfs: readonly MadeTurf[]): Promise<MadeDevice>;
  endAssignments(device: MadeDevice): Promise<void>;
  readPacket(turf: MadeTurf, now?: number): Promise<Packet>;
  /** Closes and opens the database again, as a server that was started anew does. */
  reopen(): Promise<void>;
  remove(): Promise<void>;
}

/** A memory file system where there is one: the scenarios try order, not the disk. */
function makeFolder(onDisk: boolean): string {
  const root = !onDisk && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return mkdtempSync(join(root, 'homeground-scenario-'));
}

const EMPTY: FeatureCollection<never> = { type: 'FeatureCollection', features: [] };
const NO_MAP = {
  streets: EMPTY,
  water: EMPTY,
  parks: EMPTY,
  buildings: EMPTY,
  rail: EMPTY,
  precincts: EMPTY,
};
const OUTLINE = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ] as [number, number][],
  ],
};

/**
 * Makes it out of a seed; `onDisk` for what measures the disk, `sqlite` for that engine whatever the
 * suite's is.
 */
export async function makeChapter(
  seed: number,
  onDisk = false,
  sqlite = false,
): Promise<MadeChapter> {
  const open = (id: ChapterId, path: string): Promise<ChapterDb> =>
    sqlite ? SqliteChapterDb.open(id, path) : openTestChapter(id, path);
  const random = hashedBytes(`chapter ${seed}`);
  const make = <K extends Id<string>>(): K => makeId<K>(START, random);
  const folder = makeFolder(onDisk);
  const chapter: Chapter = {
    id: make<ChapterId>(),
    slug: 'larkfield',
    name: 'Larkfield',
    timeZone: 'America/New_York',
  };
  const campaign = { id: make<CampaignId>(), name: 'Test' };
  const universeId = make<UniverseId>();
  const path = join(folder, 'chapter.db');
  let db: ChapterDb = await open(chapter.id, path);
  let serial = 0;
  const coordinator = make<MemberId>();
  await db.write(async (trx) => {
    const { id, slug, name } = chapter;
    await trx
      .insertInto('chapter')
      .values({
        id,
        slug,
        name,
        time_zone: chapter.timeZone,
        incarnation: make(),
        secret: random(32),
        demo: 0,
        created_at: START,
      })
      .execute();
    await trx.insertInto('clock').values({ only: 1, seq: 0 }).execute();
    await trx
      .insertInto('campaigns')
      .values({ ...campaign, script_id: null, created_at: START })
      .execute();
    await trx
      .insertInto('members')
      .values({ id: coordinator, name: 'C', role: 'coordinator', created_at: START, left_at: null })
      .execute();
    await trx
      .insertInto('universes')
      .values({
        id: universeId,
        campaign_id: campaign.id,
        name: 'Everyone',
        question: '{}',
        people: 0,
        doors: 0,
        created_by: coordinator,
        created_at: START,
      })
      .execute();
  });

  /** Rows of one statement: engines allow so many parameters. */
  async function addSome(count: number, peopleEach: number): Promise<MadeDoor[]> {
    const plans = Array.from({ length: count }, () => {
      serial += 1;
      return {
        number: String(serial),
        id: make<DoorId>(),
        buildingId: make<BuildingId>(),
        people: Array.from({ length: peopleEach }, () => make<PersonId>()),
      };
    });
    return db.write(async (trx) => {
      const buildings = await trx
        .insertInto('buildings')
        .values(
          plans.map(({ buildingId, number }) => ({
            id: buildingId,
            address_key: `b${number}`,
            number,
            street: 'Elm St',
            city: '',
            zip: '',
            lon: 0,
            lat: 0,
            grade: 'exact' as const,
            precinct: null,
          })),
        )
        .returning(['id', 'key'])
        .execute();
      const buildingKey = new Map(buildings.map((row) => [row.id, row.key]));
      const rows = plans.map(({ id, buildingId }) => ({
        id,
        building_key: buildingKey.get(buildingId) ?? 0,
        unit: '',
        unit_key: '',
      }));
      const doors = await trx.insertInto('doors').values(rows).returning(['id', 'key']).execute();
      const doorKey = new Map(doors.map((row) => [row.id, row.key]));
      const made = plans.map(({ id, buildingId, people }) => {
        return { id, key: doorKey.get(id) ?? 0, buildingId, people };
      });
      const people = made.flatMap((door) =>
        door.people.map((id) => ({
          id,
          kind: 'voter' as const,
          source_id: id,
          door_key: door.key,
        })),
      );
      if (people.length > 0) await trx.insertInto('people').values(people).execute();
      return made;
    });
  }

  async function addDoors(count: number, peopleEach: number): Promise<MadeDoor[]> {
    const made: MadeDoor[] = [];
    for (let left = count; left > 0; left -= 500) {
      made.push(...(await addSome(Math.min(left, 500), peopleEach)));
    }
    return made;
  }

  async function readOptedOut(turf: MadeTurf): Promise<ReadonlySet<PersonId>> {
    const rows = await db.read
      .selectFrom('opt_outs')
      .innerJoin('people', 'people.key', 'opt_outs.person_key')
      .select('people.id')
      .where(
        'people.door_key',
        'in',
        turf.doors.map((door) => door.key),
      )
      .execute();
    return new Set(rows.map((row) => row.id));
  }

  function personOf(id: PersonId, doorId: DoorId, doNotContact: boolean): Person {
    return {
      id,
      kind: 'voter',
      doorId,
      firstName: 'Ann',
      lastName: 'Lark',
      age: null,
      party: null,
      sex: null,
      phone: null,
      target: true,
      doNotContact,
    };
  }

  return {
    chapter,
    path,
    random,
    db: () => db,
    addDoors: async (count, peopleEach = 2) => addDoors(count, peopleEach),
    addTurf: async (doors) => {
      const id = make<TurfId>();
      await db.write(async (trx) => {
        await trx
          .insertInto('turfs')
          .values({
            id,
            campaign_id: campaign.id,
            universe_id: universeId,
            name: 'Elm',
            hue: 0,
            state: 'published',
            version: 1,
            outline: JSON.stringify(OUTLINE),
            created_at: START,
            published_at: START,
          })
          .execute();
        const rows = doors.map((door, position) => ({
          turf_id: id,
          door_key: door.key,
          position: position + 1,
        }));
        await trx.insertInto('turf_doors').values(rows).execute();
      });
      return { id, doors };
    },
    addDevice: async (turfs) => {
      const member: Member = { id: make<MemberId>(), name: 'Kim', role: 'canvasser' };
      const deviceId = make<DeviceId>();
      const credential = makeCredential(chapter.id, random);
      return db.write(async (trx) => {
        await trx
          .insertInto('members')
          .values({ ...member, created_at: START, left_at: null })
          .execute();
        const { key } = await trx
          .insertInto('devices')
          .values({
            id: deviceId,
            token_hash: credential.hash,
            member_id: member.id,
            joined_at: START,
            last_seen_at: null,
            db_epoch: null,
            max_local_seq: null,
            unsent: null,
            revoked_at: null,
          })
          .returning('key')
          .executeTakeFirstOrThrow();
        for (const turf of turfs) {
          await trx
            .insertInto('assignments')
            .values({
              turf_id: turf.id,
              device_key: key,
              from_at: START,
              until_at: LATER,
              ended_at: null,
            })
            .execute();
        }
        return { deviceId, deviceKey: key, member, token: credential.token };
      });
    },
    endAssignments: async (device) => {
      await db.write((trx) =>
        trx
          .updateTable('assignments')
          .set({ ended_at: START })
          .where('device_key', '=', device.deviceKey)
          .execute(),
      );
    },
    readPacket: (turf, now = START) =>
      db.read
        .transaction()
        .execute(async (trx): Promise<Packet> => {
          const row = await trx.selectFrom('chapter').selectAll().executeTakeFirstOrThrow();
          const { seq } = await trx.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
          const history = await readTurfChanges(trx, [turf.id], 0, null);
          const { incarnation, secret } = row;
          const turfIds = [turf.id];
          return {
            chapter,
            campaign,
            turf: { id: turf.id, name: 'Elm', version: 1, outline: OUTLINE },
            script: null,
            buildings: turf.doors.map((door, i) => ({
              id: door.buildingId,
              number: String(i + 1),
              street: 'Elm St',
              city: '',
              zip: '',
              lon: 0,
              lat: 0,
              precinct: null,
            })),
            doors: turf.doors.map((door, i) => ({
              id: door.id,
              buildingId: door.buildingId,
              unit: '',
              position: i + 1,
            })),
            people: [],
            history,
            cursor: writeCursor({ chapterId: chapter.id, incarnation, turfIds, seq }, secret),
            incarnation,
            serverNow: now,
            heldUntil: now + 12 * 3_600_000,
            chapterKey: Buffer.from(row.seal_public ?? []).toString('base64url'),
            map: NO_MAP,
          };
        })
        .then(async (packet) => {
          const out = await readOptedOut(turf);
          const people = turf.doors.flatMap((door) =>
            door.people.map((id) => personOf(id, door.id, out.has(id))),
          );
          return { ...packet, people };
        }),
    reopen: async () => {
      await db.close();
      db = await open(chapter.id, path);
    },
    remove: async () => {
      await dropTestChapter(db);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
