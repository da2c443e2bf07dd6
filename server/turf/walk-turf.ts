import type { TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { TurfStop, TurfWalk, WalkWish } from '#shared/model/turf-walk.ts';
import { planWalk } from '#shared/walk/plan-walk.ts';
import { walkMinutes } from '#shared/walk/walk-minutes.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inTurns, placeOf } from './order-on-streets.ts';
import { readWalkDoors, type TurfWalkDoor } from './read-walk-doors.ts';
import { findAround } from './walk-around.ts';
import { groundFor } from './walk-ground.ts';
import { readWalkPace } from './walk-pace.ts';
import { readWish } from './walk-wish.ts';

/**
 * How a turf is walked: numbered stops, the way, how long, and how short it could be at least. With
 * a `wish` how it would be walked so; nothing is written. Without one how it is wished, and its metres
 * are noted for the list of turfs; a published
 * turf shows what stands, the numbers of phone and paper. Problem: not-found.
 */
export async function walkTurf(
  db: ChapterDb,
  id: TurfId,
  wished: WalkWish | null,
): Promise<Result<TurfWalk>> {
  const turf = await db.read
    .selectFrom('turfs')
    .select(['id', 'name', 'state', 'version', 'walk', 'on_foot as onFoot'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (turf === undefined) return fail(problem('not-found'));
  const doors = await readWalkDoors(db, id);
  const wish = wished ?? readWish(turf);
  // Phones and paper have the numbers of a published turf; those of a draft come with publishing.
  const stands = wished === null && turf.state !== 'draft';
  const byHand = stands ? doors.map(({ id: door }) => door) : wish.byHand;
  const places = doors.flatMap(placeOf);
  const { network, ground } = await groundFor(db, places, () => findAround(db, places));
  const plan = await inTurns(planWalk(doors, { ...wish, byHand }, network));
  const pace = await readWalkPace(db);
  const metres = Math.round(plan.metres);
  // A list of turfs says what was found here last: measuring them all would take minutes.
  if (wished === null && turf.onFoot !== metres) await keepMetres(db, turf, metres);
  return ok({
    turfId: turf.id,
    name: turf.name,
    state: turf.state,
    version: turf.version,
    wish,
    stops: stands ? stopsOf(doors) : stopsOf(inOrder(doors, plan.order)),
    line: plan.line,
    metres,
    minutes: Math.round(walkMinutes(plan.metres, doors.length, pace)),
    crossings: plan.crossings,
    length: plan.length,
    lowerBound: plan.lowerBound,
    ground,
    guessed: plan.guessed,
    unplaced: plan.unplaced,
  });
}

/** Notes how far a turf's walk is, unless the turf has changed since it was measured. */
async function keepMetres(
  db: ChapterDb,
  turf: { readonly id: TurfId; readonly version: number },
  metres: number,
): Promise<void> {
  await db.write((trx) =>
    trx
      .updateTable('turfs')
      .set({ on_foot: metres })
      .where('id', '=', turf.id)
      .where('version', '=', turf.version)
      .execute(),
  );
}

/** The same doors in another order, numbered anew. */
function inOrder(doors: readonly TurfWalkDoor[], order: readonly string[]): TurfWalkDoor[] {
  const byId = new Map<string, TurfWalkDoor>(doors.map((door) => [door.id, door]));
  return order.flatMap((id, at) => {
    const door = byId.get(id);
    return door === undefined ? [] : { ...door, position: at + 1 };
  });
}

/** Doors as stops: those of one building that follow each other are one. */
function stopsOf(doors: readonly TurfWalkDoor[]): TurfStop[] {
  const stops: (TurfStop & { readonly doors: TurfStop['doors'][number][] })[] = [];
  for (const { id, unit, position, building, street, number, lon, lat } of doors) {
    const entry = { doorId: id, unit, position };
    const last = stops.at(-1);
    if (last?.buildingId === building) last.doors.push(entry);
    else {
      stops.push({
        number: stops.length + 1,
        buildingId: building,
        label: `${number} ${street}`.trim(),
        lon,
        lat,
        doors: [entry],
      });
    }
  }
  return stops;
}
