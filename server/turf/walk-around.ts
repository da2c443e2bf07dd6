import type { StopPlace } from '#shared/streets/place-stops.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** Some 300 metres of latitude. */
const MARGIN = 0.003;
/** Streets are made up of no more addresses; beyond are those of the turf alone. */
const MOST = 20_000;

/** The addresses of the chapter on and around these places, and these places themselves. */
export async function findAround(
  db: ChapterDb,
  places: readonly StopPlace[],
): Promise<StopPlace[]> {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lon, lat } of places) {
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  const wide = MARGIN / Math.max(0.01, Math.cos((south * Math.PI) / 180));
  const rows = await db.read
    .selectFrom('buildings')
    .select(['lon', 'lat', 'street', 'number'])
    .where('lon', '>=', west - wide)
    .where('lon', '<=', east + wide)
    .where('lat', '>=', south - MARGIN)
    .where('lat', '<=', north + MARGIN)
    .orderBy('key')
    .limit(MOST + 1)
    .execute();
  if (rows.length > MOST) return [...places];
  return rows.flatMap(({ lon, lat, street, number }) =>
    lon === null || lat === null ? [] : [{ lon, lat, street, number }],
  );
}
