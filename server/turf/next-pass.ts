import type { Transaction } from 'kysely';
import { type BuildingId, makeId, type TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { NextPass, PassTurf } from '#shared/model/launch.ts';
import type { DoorStanding } from '#shared/model/turf.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';
import { takeSeq } from '../store/clock.ts';
import type { Tables } from '../store/tables.ts';
import { listTurfDoors } from './turf-states.ts';

type Trx = Transaction<Tables>;

/** Rows that one statement inserts. */
const ROWS = 500;
const LONGEST_NAME = 80;

const LEFT: Readonly<Record<NextPass['doors'], readonly DoorStanding[]>> = {
  'no-contact': ['to-do', 'not-home'],
  'not-knocked': ['to-do'],
};

function findTurf(trx: Trx, id: TurfId) {
  return trx.selectFrom('turfs').selectAll().where('id', '=', id).executeTakeFirst();
}

/** `Main St (2)`, however long the name of the first pass is. */
function nameOf(first: string, pass: number): string {
  const mark = ` (${pass})`;
  return (
    Array.from(first)
      .slice(0, LONGEST_NAME - mark.length)
      .join('') + mark
  );
}

/**
 * The buildings of a turf of which the next pass has some units only, as those of towers that were shared
 * out: a draft is published, and planned with, by whole buildings, and would ask again where somebody
 * spoke with us.
 */
async function findParts(trx: Trx, id: TurfId, left: ReadonlySet<string>): Promise<BuildingId[]> {
  const rows = await trx
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['doors.id as door', 'buildings.id as building'])
    .where('turf_doors.turf_id', '=', id)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('turf_doors.position')
    .execute();
  const done = new Set(rows.flatMap((row) => (left.has(row.door) ? [] : [row.building])));
  const stays = new Set(rows.flatMap((row) => (left.has(row.door) ? [row.building] : [])));
  return [...stays].filter((building) => done.has(building));
}

/** The doors that are left, in the order in which the turf before walks them. */
async function copyDoors(
  trx: Trx,
  from: TurfId,
  to: TurfId,
  left: ReadonlySet<string>,
  now: number,
): Promise<number> {
  const rows = await trx
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['turf_doors.door_key', 'doors.id'])
    .where('turf_doors.turf_id', '=', from)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('turf_doors.position')
    .execute();
  const seq = await takeSeq(trx, 1);
  const doors = rows
    .filter(({ id }) => left.has(id))
    .map(({ door_key }, index) => ({
      turf_id: to,
      door_key,
      position: index + 1,
      added_seq: seq,
      added_at: now,
    }));
  for (let at = 0; at < doors.length; at += ROWS) {
    await trx
      .insertInto('turf_doors')
      .values(doors.slice(at, at + ROWS))
      .execute();
  }
  await trx
    .insertInto('turf_targets')
    .columns(['turf_id', 'person_key'])
    .expression((from_) =>
      from_
        .selectFrom('turf_targets')
        .innerJoin('people', 'people.key', 'turf_targets.person_key')
        .innerJoin('turf_doors', (join) =>
          join
            .onRef('turf_doors.door_key', '=', 'people.door_key')
            .on('turf_doors.turf_id', '=', to),
        )
        .select((select) => [select.val(to).as('turf_id'), 'turf_targets.person_key'])
        .where('turf_targets.turf_id', '=', from),
    )
    .execute();
  return doors.length;
}

/**
 * Closes a published turf and makes the next pass of it out of the doors that are left, in the same
 * order, linked to the first. Phones that are out with the one that closes keep what they have, and
 * their knocks arrive and count there; whatever was done at these doors is in the new packet. A door
 * is in one open turf before and after.
 */
export async function makeNextPass(
  actor: StaffActor,
  id: TurfId,
  wish: NextPass,
  ports: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<PassTurf>> {
  const { db } = actor;
  const now = ports.clock();
  const standings = LEFT[wish.doors];
  const doors = await listTurfDoors(db, id);
  const left = new Set<string>(
    doors.flatMap(({ doorId, standing }) => (standings.includes(standing) ? [doorId] : [])),
  );
  return db.write(async (trx) => {
    const turf = await findTurf(trx, id);
    if (turf === undefined) return fail(problem('not-found'));
    if (turf.state !== 'published') return fail(problem('turf-draft'));
    if (turf.closed_at !== null) return fail(problem('turf-closed'));
    if (left.size === 0) return fail(problem('turf-nothing-left'));
    const firstId = turf.first_id ?? turf.id;
    const first = turf.first_id === null ? turf : ((await findTurf(trx, firstId)) ?? turf);
    const turfId = makeId<TurfId>(now, ports.random);
    const pass = turf.pass + 1;
    const name = nameOf(first.name, pass);
    const shared = JSON.parse(turf.towers ?? '[]') as BuildingId[];
    const towers = [...new Set([...shared, ...(await findParts(trx, id, left))])];
    await trx.updateTable('turfs').set({ closed_at: now }).where('id', '=', id).execute();
    // Nobody may join what is closed by a code that lies on the table.
    await trx
      .deleteFrom('invites')
      .where('turf_id', '=', id)
      .where('kind', '=', 'qr')
      .where('state', '=', 'open')
      .execute();
    await trx
      .insertInto('turfs')
      .values({
        id: turfId,
        campaign_id: turf.campaign_id,
        universe_id: turf.universe_id,
        kind: turf.kind,
        name,
        hue: turf.hue,
        state: wish.publish ? 'published' : 'draft',
        version: 1,
        outline: turf.outline,
        walk: turf.walk,
        towers: towers.length === 0 ? null : JSON.stringify(towers),
        created_at: now,
        published_at: wish.publish ? now : null,
        first_id: firstId,
        pass,
      })
      .execute();
    const copied = await copyDoors(trx, id, turfId, left, now);
    await appendAudit(trx, {
      at: now,
      kind: 'turf-passed',
      actor: byMember(actor),
      subject: id,
      details: { turf: turfId, pass, doors: copied },
    });
    return ok({ turfId, name, doors: copied });
  });
}
