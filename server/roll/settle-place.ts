import type { BuildingId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { FeatureCollection, MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import type { SettlePlace } from '#shared/model/unmatched.ts';
import { makePrecinctFinder } from '#shared/roll/find-precinct.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { findPoint, readPrecincts } from '../store/find-points.ts';
import { findBuilding, settle, unsettle } from '../store/settled-places.ts';

/**
 * Puts a building where a member says: on a point of the chapter's list or at a pin. It stands there
 * at once, and after each import to come. Its doors and people stay what they are. Problem:
 * not-found, for a building or a point that the chapter does not have.
 */
export async function settlePlace(
  { db, member }: StaffActor,
  id: BuildingId,
  { lon, lat, addressId }: SettlePlace,
  now: number,
): Promise<Result<null>> {
  const point =
    addressId === null ? { lon, lat } : await findPoint(db.read, addressId, { lon, lat });
  if (point === undefined) return fail(problem('not-found'));
  const precincts = await readPrecincts(db.read);
  return db.write(async (trx) => {
    const building = await findBuilding(trx, id);
    if (building === undefined) return fail(problem('not-found'));
    const precinct =
      precincts === null
        ? null
        : makePrecinctFinder(precincts as FeatureCollection<Polygon | MultiPolygon>)(
            point.lon,
            point.lat,
          );
    const to = { ...point, grade: 'settled', precinct: building.precinct ?? precinct } as const;
    await settle(trx, building, to, { addressId, memberId: member.id, now });
    await appendAudit(trx, {
      at: now,
      kind: 'place-settled',
      actor: byMember({ member }),
      subject: id,
      details: { how: addressId === null ? 'pin' : 'point', was: building.grade },
    });
    return ok(null);
  });
}

/** Takes back where somebody put a building. Problem: not-found, when nobody did. */
export async function takePlaceBack(
  { db, member }: StaffActor,
  id: BuildingId,
  now: number,
): Promise<Result<null>> {
  return db.write(async (trx) => {
    const building = await findBuilding(trx, id);
    if (building === undefined || !(await unsettle(trx, building))) {
      return fail(problem('not-found'));
    }
    await appendAudit(trx, {
      at: now,
      kind: 'place-taken-back',
      actor: byMember({ member }),
      subject: id,
      details: {},
    });
    return ok(null);
  });
}
