import { sql } from 'kysely';

/**
 * Orders the doors of one turf as its list does, before their numbers: one that was found on the way
 * has the last number, and stands behind the others of its building. For a statement that names
 * `turf_doors` and `doors`.
 */
export const AT_ITS_BUILDING = sql<number>`min(turf_doors.position) over (partition by doors.building_key)`;
