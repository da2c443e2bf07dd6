import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Insertable, Transaction } from 'kysely';
import {
  type BuildingId,
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
import { createChapter } from '../../../server/chapter/create-chapter.ts';
import { makeCredential } from '../../../server/chapter/credential.ts';
import type { Ports } from '../../../server/ports.ts';
import type { Tables } from '../../../server/store/tables.ts';

export interface TownDoor {
  readonly id: DoorId;
  readonly personId: PersonId;
}

export interface TownTurf {
  readonly id: TurfId;
  readonly doors: readonly TownDoor[];
}

export interface TownPhone {
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  readonly token: string;
  /** The private half of the phone's key, PKCS #8 in base64: what asks for leave to read. */
  readonly key: string;
  /** Which of the town's turfs it walks. */
  readonly turf: number;
}

/** A chapter with turfs and phones, plain enough to be sent to another process. */
export interface Town {
  readonly chapterId: ChapterId;
  readonly turfs: readonly TownTurf[];
  readonly phones: readonly TownPhone[];
}

export interface TownPlan {
  readonly slug: string;
  /** How many doors each turf has. */
  readonly turfs: readonly number[];
  /** Which turf each phone walks. */
  readonly phones: readonly number[];
}

const YEAR = 365 * 24 * 3600_000;
/** Rows of one insert: no engine takes parameters without end. */
const CHUNK = 1000;

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
const make = <K extends Id<string>>(): K => makeId<K>(Date.now(), random);

async function insert<T extends keyof Tables>(
  trx: Transaction<Tables>,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK) {
    await trx
      .insertInto(table)
      .values(rows.slice(i, i + CHUNK))
      .execute();
  }
}

function makeTurfs(sizes: readonly number[]) {
  const turfs: TownTurf[] = [];
  const buildings: Insertable<Tables['buildings']>[] = [];
  const doors: Insertable<Tables['doors']>[] = [];
  const people: Insertable<Tables['people']>[] = [];
  const places: Insertable<Tables['turf_doors']>[] = [];
  let key = 0;
  for (const size of sizes) {
    const turf: { id: TurfId; doors: TownDoor[] } = { id: make<TurfId>(), doors: [] };
    for (let position = 1; position <= size; position++) {
      key += 1;
      const door = { id: make<DoorId>(), personId: make<PersonId>() };
      const [lon, lat] = [-80 + (key % 100) / 2000, 40 + Math.floor(key / 100) / 2000];
      const where = { street: 'Elm St', city: 'Larkfield', zip: '00000', lon, lat };
      buildings.push({
        key,
        id: make<BuildingId>(),
        address_key: `${key} elm st`,
        number: String(key),
        grade: 'exact',
        precinct: null,
        ...where,
      });
      doors.push({ key, id: door.id, building_key: key, unit: '', unit_key: '' });
      const { personId } = door;
      people.push({ key, id: personId, kind: 'voter', source_id: `v${key}`, door_key: key });
      places.push({ turf_id: turf.id, door_key: key, position });
      turf.doors.push(door);
    }
    turfs.push(turf);
  }
  return { turfs, buildings, doors, people, places };
}

function makePhones(chapterId: ChapterId, turfs: readonly TownTurf[], walks: readonly number[]) {
  const phones: TownPhone[] = [];
  const members: Insertable<Tables['members']>[] = [];
  const devices: Insertable<Tables['devices']>[] = [];
  const assignments: Insertable<Tables['assignments']>[] = [];
  // One pair for all of them: making two hundred would take longer than the bench has.
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  const now = Date.now();
  const fresh = { last_seen_at: null, db_epoch: null, max_local_seq: null, unsent: null };
  walks.forEach((turf, i) => {
    const [memberId, deviceId] = [make<MemberId>(), make<DeviceId>()];
    const { token, hash } = makeCredential(chapterId, random);
    phones.push({ deviceId, memberId, token, key, turf });
    const left = { created_at: now, left_at: null };
    members.push({ id: memberId, name: `Kim ${i}`, role: 'canvasser', ...left });
    devices.push({
      key: i + 1,
      id: deviceId,
      token_hash: hash,
      member_id: memberId,
      joined_at: now,
      public_key: new Uint8Array(point),
      grant_until: now + YEAR,
      revoked_at: null,
      ...fresh,
    });
    const turfId = turfs[turf]?.id;
    if (turfId === undefined) throw new RangeError('A phone walks a turf that is not there.');
    const span = { from_at: now - YEAR, until_at: now + YEAR, ended_at: null };
    assignments.push({ turf_id: turfId, device_key: i + 1, ...span });
  });
  return { phones, members, devices, assignments };
}

/**
 * Makes a chapter with its turfs and phones straight in the tables, on whichever engine the ports
 * lead to: an import and two hundred joins would take longer than the measurement.
 */
export async function makeTown(ports: Ports, plan: TownPlan): Promise<Town> {
  const wish = { name: plan.slug, timeZone: 'America/New_York', campaign: 'Bench', demo: false };
  const made = await createChapter({ ...wish, slug: plan.slug }, ports);
  if (!made.ok) throw new Error(`The bench's chapter could not be made: ${made.problem.code}`);
  const { db, adminId } = made.value;
  const { turfs, buildings, doors, people, places } = makeTurfs(plan.turfs);
  const { phones, members, devices, assignments } = makePhones(db.id, turfs, plan.phones);
  const now = Date.now();
  await db.write(async (trx) => {
    const campaign = await trx.selectFrom('campaigns').select('id').executeTakeFirstOrThrow();
    const universe = make<UniverseId>();
    const ring = [
      [-80, 40],
      [-79.9, 40],
      [-79.9, 40.1],
      [-80, 40],
    ];
    const outline = JSON.stringify({ type: 'Polygon', coordinates: [ring] });
    const of = { campaign_id: campaign.id, created_at: now };
    const counts = { people: people.length, doors: doors.length };
    const asked = { name: 'Everyone', question: '{}', created_by: adminId };
    await insert(trx, 'universes', [{ id: universe, ...of, ...counts, ...asked }]);
    await insert(trx, 'buildings', buildings);
    await insert(trx, 'doors', doors);
    await insert(trx, 'people', people);
    const rows = turfs.map((turf, i) => ({
      id: turf.id,
      universe_id: universe,
      name: `Turf ${i + 1}`,
      hue: i % 12,
      state: 'published' as const,
      version: 1,
      outline,
      published_at: now,
      ...of,
    }));
    await insert(trx, 'turfs', rows);
    await insert(trx, 'turf_doors', places);
    await insert(trx, 'members', members);
    await insert(trx, 'devices', devices);
    await insert(trx, 'assignments', assignments);
  });
  return { chapterId: db.id, turfs, phones };
}
