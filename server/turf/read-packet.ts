import { createHmac } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import {
  type DoorId,
  type OpId,
  type PersonId,
  type TurfId,
  uuidOfDigits,
} from '#shared/kernel/ids.ts';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { refusingBy, wayOfTurf } from '#shared/canvass/refused-ways.ts';
import type { TurfKind } from '#shared/model/turf-kind.ts';
import { asOne } from '#shared/canvass/as-one.ts';
import { findTwins, isTakenBack, joinTwins } from '#shared/canvass/found-doors.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import { LONGEST_HOLD } from '#shared/model/launch-limits.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Person } from '#shared/model/person.ts';
import { ageBand } from '#shared/privacy/age-band.ts';
import { boundsAround, clipMap } from '#shared/turf/clip-map.ts';
import { largestPart } from '#shared/turf/largest-part.ts';
import type { DeviceActor } from '../chapter/actor.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import { currentScript } from '../chapter/scripts.ts';
import { packetTags } from '../chapter/tags.ts';
import { nextShifts } from '../chapter/shifts.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import { HIDDEN, MERGED_WISHES, readFaces, recordsOf } from '../store/merged-people.ts';
import { opDigits } from '../store/op-digits.ts';
import { readSecret } from '../store/read-secret.ts';
import type { Tables } from '../store/tables.ts';
import { writeCursor } from '../sync/cursor.ts';
import { readLogged } from '../sync/read-logged.ts';
import { AT_ITS_BUILDING } from './at-its-building.ts';
import { readBuildings } from './read-buildings.ts';
import { readMap } from './read-map.ts';
import { readPacketPromises } from './packet-promises.ts';
import { readWish } from './walk-wish.ts';

/** So much of the map around a turf finds the way there from where the car is parked. */
const MARGIN_METRES = 250;

type Trx = Transaction<Tables>;

/** The turf that a phone took last and still holds. */
const selectHeldTurf = fixedQuery(
  (db, { deviceKey, now }: { readonly deviceKey: number; readonly now: number }) =>
    db
      .selectFrom('assignments')
      .innerJoin('turfs', 'turfs.id', 'assignments.turf_id')
      .select(['turfs.id', 'turfs.name', 'turfs.version', 'turfs.outline', 'turfs.walk'])
      .select('turfs.kind')
      .select('assignments.until_at')
      .where('assignments.device_key', '=', deviceKey)
      .where('assignments.ended_at', 'is', null)
      .where('assignments.until_at', '>', now)
      .where('turfs.state', '=', 'published')
      .orderBy('assignments.from_at', 'desc')
      .orderBy('turfs.id')
      .limit(1),
);

interface OfTurf {
  readonly turfId: TurfId;
}

/** A turf that is there for whoever comes next. */
const selectOpenTurf = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('turfs')
    .selectAll()
    .where('turfs.id', '=', turfId)
    .where('turfs.state', '=', 'published')
    .where('turfs.closed_at', 'is', null),
);

const selectBuildings = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['buildings.id', 'buildings.number', 'buildings.street', 'buildings.city'])
    .select(['buildings.zip', 'buildings.lon', 'buildings.lat', 'buildings.precinct'])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .groupBy('buildings.key')
    .orderBy((order) => order.fn.min('turf_doors.position')),
);

const selectDoors = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['doors.id', 'buildings.id as buildingId', 'doors.unit', 'turf_doors.position'])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy(AT_ITS_BUILDING)
    .orderBy('turf_doors.position'),
);

const selectPeople = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('people', 'people.door_key', 'doors.key')
    .leftJoin('voters', 'voters.person_key', 'people.key')
    .leftJoin('residents', 'residents.person_key', 'people.key')
    .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
    .leftJoin('door_opt_outs', 'door_opt_outs.door_key', 'doors.key')
    .select(['people.id', 'people.kind', 'doors.id as doorId', 'voters.age', 'voters.party'])
    .select(['voters.sex', 'voters.phone', 'opt_outs.at as optedOutAt'])
    .select('door_opt_outs.at as doorOptedOutAt')
    .select(['voters.first_name as voterFirst', 'voters.last_name as voterLast'])
    .select(['residents.first_name as residentFirst', 'residents.last_name as residentLast'])
    .select([
      sql<number>`case when people.key in ${MERGED_WISHES} then 1 else 0 end`.as('asked'),
      sql<number>`case when exists (select 1 from turf_targets t where t.turf_id = turf_doors.turf_id
        and t.person_key in ${recordsOf('people.key')}) then 1 else 0 end`.as('isTarget'),
    ])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .where('voters.adult_on', 'is', null)
    .where('people.key', 'not in', HIDDEN)
    .orderBy('turf_doors.position')
    .orderBy('people.key'),
);

/**
 * Everyone behind the turf's doors with as little as the door needs (S-8): the band of an age, and
 * no birth date, no e-mail, no history of votes. A voter whom the newest roll no longer names is
 * left out.
 */
async function readPeople(trx: Trx, turfId: TurfId): Promise<Person[]> {
  const rows = await selectPeople(trx, { turfId });
  return rows.flatMap((row) => {
    const firstName = row.voterFirst ?? row.residentFirst;
    if (firstName === null) return [];
    const { id, kind, doorId, age, party, sex, phone } = row;
    return {
      id,
      kind,
      doorId,
      firstName,
      lastName: row.voterLast ?? row.residentLast ?? '',
      age: ageBand(age),
      party,
      sex,
      phone,
      target: row.isTarget === 1,
      doNotContact: row.optedOutAt !== null || row.doorOptedOutAt !== null || row.asked === 1,
    };
  });
}

const selectHistory = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('ops')
    .innerJoin('turf_doors', 'turf_doors.door_key', 'ops.door_key')
    .select(['ops.seq', 'ops.body', 'ops.eff_hlc'])
    .select(opDigits(db).as('digits'))
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('ops.seq'),
);

async function readHistory(trx: Trx, turfId: TurfId): Promise<Packet['history']> {
  const rows = await selectHistory(trx, { turfId });
  return rows.map(toEntry);
}

function toEntry(row: {
  readonly seq: number;
  readonly digits: string;
  readonly body: string;
  readonly eff_hlc: string | null;
}): Packet['history'][number] {
  const { seq, digits, body, eff_hlc: eff } = row;
  return { seq, opId: uuidOfDigits(digits), body, ...(eff !== null && { eff }) };
}

/** The facts of doors that are not the turf's, where one of its people is known by another record. */
const selectElsewhere = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('ops')
    .select(['ops.seq', 'ops.body', 'ops.eff_hlc'])
    .select(opDigits(db).as('digits'))
    .where('ops.door_key', 'in', (of) =>
      of
        .selectFrom('turf_doors')
        .innerJoin('people as face', 'face.door_key', 'turf_doors.door_key')
        .innerJoin('merged_people as same', 'same.face_key', 'face.key')
        .innerJoin('ops as about', 'about.person_key', 'same.person_key')
        .select('about.door_key')
        .where('turf_doors.turf_id', '=', turfId)
        .where('turf_doors.removed_seq', 'is', null),
    )
    .where('ops.door_key', 'not in', (of) =>
      of
        .selectFrom('turf_doors as own')
        .select('own.door_key')
        .where('own.turf_id', '=', turfId)
        .where('own.removed_seq', 'is', null),
    )
    .orderBy('ops.seq'),
);

/** Records that stand for one person, and what was said under the others; nothing where there are none. */
async function readMerged(trx: Trx, turfId: TurfId): Promise<Pick<Packet, 'merged' | 'elsewhere'>> {
  const faceOf = await readFaces(trx, turfId);
  if (faceOf.size === 0) return {};
  const rows = await selectElsewhere(trx, { turfId });
  const meant = new Set<string | null>([...faceOf].flat());
  const standing = new Set(
    effectiveFacts(rows.map(readLogged)).flatMap((fact) =>
      'personId' in fact.payload && meant.has(fact.payload.personId) ? [fact.opId] : [],
    ),
  );
  return {
    merged: [...faceOf].map(([id, face]): { id: PersonId; face: PersonId } => ({ id, face })),
    elsewhere: rows.map(toEntry).filter(({ opId }) => standing.has(opId as OpId)),
  };
}

/** The turf's doors in walk order with everyone behind them and what happened there before. */
export type DoorList = Pick<
  Packet,
  'buildings' | 'doors' | 'people' | 'history' | 'merged' | 'elsewhere' | 'memory' | 'units'
>;

/** Without those that somebody found and that were taken back: phones leave them out as well. */
function standingDoors(
  doors: DoorList['doors'],
  people: readonly Person[],
  history: Packet['history'],
): DoorList['doors'] {
  const homes = new Set(people.map(({ doorId }) => doorId));
  // Most turfs have none: their history is not read through.
  if (!history.some(({ body }) => body.includes('"type":"door"'))) return doors;
  const said = new Map<DoorId, Operation[]>();
  for (const { body, eff } of history) {
    const fact = readLogged({ body, eff_hlc: eff ?? null });
    said.set(fact.entityId, [...(said.get(fact.entityId) ?? []), fact]);
  }
  const facts = joinTwins(said, findTwins(doors, said));
  return doors.filter(({ id }) => homes.has(id) || !isTakenBack(facts.get(id) ?? []));
}

/** Nobody goes to, or calls, whoever said last that we may not. */
async function withoutRefusing(
  trx: Trx,
  turfId: TurfId,
  people: readonly Person[],
  history: Packet['history'],
  kind: TurfKind,
): Promise<readonly Person[]> {
  const way = wayOfTurf(kind);
  if (way === null || !history.some(({ body }) => body.includes('"contact-consent"'))) {
    return people;
  }
  const faceOf = await readFaces(trx, turfId);
  const facts = history.map(({ body, eff }) => readLogged({ body, eff_hlc: eff ?? null }));
  const standing = effectiveFacts(facts.map((fact) => asOne(fact, faceOf)));
  const refusing = refusingBy(standing, way);
  return people.map((one) => (refusing.has(one.id) ? { ...one, target: false } : one));
}

/** The list of one turf, the same for a phone and for paper (law 10). */
export async function readList(trx: Trx, turfId: TurfId, kind: TurfKind): Promise<DoorList> {
  const everybody = await readPeople(trx, turfId);
  const history = await readHistory(trx, turfId);
  const people = await withoutRefusing(trx, turfId, everybody, history, kind);
  return {
    buildings: await selectBuildings(trx, { turfId }),
    doors: standingDoors(await selectDoors(trx, { turfId }), people, history),
    people,
    history,
    ...(await readMerged(trx, turfId)),
    ...(await readBuildings(trx, turfId)),
  };
}

/** Of one phone and one turf, for as long as the chapter lives: no two can open each other's. */
function draftKeyOf(secret: Uint8Array, deviceKey: number, turfId: TurfId): string {
  return createHmac('sha256', secret).update(`drafts ${deviceKey} ${turfId}`).digest('base64url');
}

/** What a phone carries to walk its turf, all of it as of one moment of the log. */
export async function readPacket(
  { db, deviceKey, turfId }: Pick<DeviceActor, 'db' | 'deviceKey'> & Partial<OfTurf>,
  now: number,
): Promise<Result<Packet>> {
  const { chapter, campaign, incarnation, chapterKey } = await readChapter(db);
  const script = await currentScript(db);
  const tags = await packetTags(db);
  const map = await readMap(db);
  const shifts = await nextShifts(db, deviceKey, now);
  return db.read.transaction().execute(async (trx) => {
    const [turf] =
      turfId === undefined
        ? await selectHeldTurf(trx, { deviceKey, now })
        : await selectOpenTurf(trx, { turfId });
    if (turf === undefined) return fail(problem('no-turf'));
    const whole = JSON.parse(turf.outline) as Polygon | MultiPolygon;
    const outline = largestPart(whole);
    const oneSide = readWish(turf).oneSide && { oneSide: true };
    const kind = turf.kind === 'walk' ? {} : { kind: turf.kind };
    const parts = whole.type === 'MultiPolygon' ? { parts: whole } : {};
    const { seq } = await trx.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
    const secret = await readSecret(trx);
    const place = { chapterId: db.id, incarnation, turfIds: [turf.id], seq };
    return ok({
      chapter,
      campaign,
      turf: {
        id: turf.id,
        name: turf.name,
        version: turf.version,
        outline,
        ...kind,
        ...parts,
        ...oneSide,
      },
      script,
      ...(tags.length > 0 && { tags }),
      ...(await readList(trx, turf.id, turf.kind)),
      ...(await readPacketPromises(trx, turf.id)),
      ...shifts,
      cursor: writeCursor(place, secret),
      incarnation,
      serverNow: now,
      heldUntil: 'until_at' in turf ? turf.until_at : now + LONGEST_HOLD,
      chapterKey,
      ...(turfId === undefined && { draftKey: draftKeyOf(secret, deviceKey, turf.id) }),
      map: clipMap(map, boundsAround(whole, MARGIN_METRES)),
    });
  });
}
