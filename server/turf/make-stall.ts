import { makeId, type BuildingId, type DoorId, type TurfId } from '#shared/kernel/ids.ts';
import type { MadeTurfs, MakeStall } from '#shared/model/turf-kind.ts';
import { squareAround } from '#shared/turf/square-around.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import { takeSeq } from '../store/clock.ts';
import { makeAsideUniverse } from './aside-universe.ts';

/** From the stall to the edge of what its phones call their turf. */
const AROUND_METRES = 60;
const HUES = 12;

/**
 * A stall, a rally, a gate of a factory: one door that nobody lives behind, at a place. Whoever is
 * met there becomes a resident of it, and everything else is as at any door. Open for codes at once.
 */
export async function makeStall(
  { db, member }: StaffActor,
  wish: MakeStall,
  means: Pick<Ports, 'clock' | 'random'>,
): Promise<MadeTurfs> {
  const { campaign } = await readChapter(db);
  const now = means.clock();
  const turfId = makeId<TurfId>(now, means.random);
  const { lon, lat } = wish;
  await db.write(async (trx) => {
    const building = await trx
      .insertInto('buildings')
      .values({
        id: makeId<BuildingId>(now, means.random),
        // No address of a voter file is written so: no import ever finds it.
        address_key: `stall:${turfId}`,
        number: '',
        street: wish.place.trim(),
        city: '',
        zip: '',
        lon,
        lat,
        grade: 'settled',
        precinct: null,
      })
      .returning('key')
      .executeTakeFirstOrThrow();
    const door = await trx
      .insertInto('doors')
      .values({
        id: makeId<DoorId>(now, means.random),
        building_key: building.key,
        unit: '',
        unit_key: '',
      })
      .returning('key')
      .executeTakeFirstOrThrow();
    const of = { campaignId: campaign.id, name: wish.name.trim(), by: member.id };
    const universeId = await makeAsideUniverse(trx, { ...of, people: 0, doors: 1 }, means);
    await trx
      .insertInto('turfs')
      .values({
        id: turfId,
        campaign_id: campaign.id,
        universe_id: universeId,
        kind: 'stall',
        name: of.name,
        hue: Math.abs(Math.round(lon * 1e4) + Math.round(lat * 1e4)) % HUES,
        state: 'published',
        version: 1,
        outline: JSON.stringify(squareAround([lon, lat], AROUND_METRES)),
        created_at: now,
        published_at: now,
      })
      .execute();
    await trx
      .insertInto('turf_doors')
      .values({
        turf_id: turfId,
        door_key: door.key,
        position: 1,
        added_seq: await takeSeq(trx, 1),
        added_at: now,
      })
      .execute();
  });
  return { turfIds: [turfId], people: 0, more: false };
}
