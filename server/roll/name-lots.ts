import { metresBetween } from '#shared/roll/metres-between.ts';
import type { StoredPoint } from '../store/roll-place.ts';
import type { PointRow } from './point-columns.ts';

/** Units of one address that are farther apart than this stand each by themselves. In metres. */
const APART = 60;

function addressOf({ addressKey, zip, city }: StoredPoint): string {
  return `${addressKey}|${zip || city.toUpperCase()}`;
}

/**
 * Apartments of one building share its point; the lots of a park share one number and have a place
 * each. Keeps a unit on a point only where units tell places apart, and one point where they do not:
 * `units` names the only unit of some points by their ids.
 */
export function nameLots(points: readonly StoredPoint[], units: Iterable<PointRow>): StoredPoint[] {
  const unitsOf = new Map<string, string[]>();
  for (const row of units) {
    const id = row.get('addressid') ?? '';
    unitsOf.set(id, [...(unitsOf.get(id) ?? []), row.get('unit') ?? '']);
  }
  const named = points.map((point) => {
    const [unit, ...others] = point.unit === '' ? (unitsOf.get(point.sourceId) ?? []) : [];
    return unit !== undefined && others.length === 0 ? { ...point, unit } : point;
  });
  const groups = new Map<string, StoredPoint[]>();
  for (const point of named) {
    const address = addressOf(point);
    const group = groups.get(address);
    if (group === undefined) groups.set(address, [point]);
    else group.push(point);
  }
  return [...groups.values()].flatMap(keepApart);
}

function keepApart(group: readonly StoredPoint[]): readonly StoredPoint[] {
  const [first] = group;
  if (first === undefined || group.every(({ unit }) => unit === '')) return group;
  if (group.length > 1 && areApart(group)) return group;
  // One building: its point, and those that are no unit of it.
  const bare = group.filter(({ unit }) => unit === '');
  return bare.length > 0 ? bare : [{ ...first, unit: '' }];
}

function areApart(group: readonly StoredPoint[]): boolean {
  const places = group.flatMap(({ lon, lat }): [number, number][] =>
    lon === null || lat === null ? [] : [[lon, lat]],
  );
  const [first] = places;
  return first !== undefined && places.some((place) => metresBetween(first, place) > APART);
}
