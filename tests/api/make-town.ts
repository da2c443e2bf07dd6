import { idFromDigest, type BuildingId, type DoorId, type PersonId } from '#shared/kernel/ids.ts';
import { createHash } from 'node:crypto';
import type { Polygon } from '#shared/model/geojson.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { refreshUniverseRows } from '../../server/store/universe-rows.ts';

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

/** A street of ten buildings, 0.001 degrees apart, with two doors and three voters each. */
export const BUILDINGS = 10;
export const DOORS = 20;
export const PEOPLE = 30;

/** An outline around the buildings `first` to `last`, counted from 0. */
export function around(first: number, last: number): Polygon {
  const west = -50 + first * 0.001 - 0.0004;
  const east = -50 + last * 0.001 + 0.0004;
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, 41.9995],
        [east, 41.9995],
        [east, 42.0005],
        [west, 42.0005],
        [west, 41.9995],
      ],
    ],
  };
}

interface Dweller {
  readonly id: PersonId;
  readonly doorId: DoorId;
  readonly number: string;
  /** Counted from 1 through the street. */
  readonly person: number;
}

/** Writes a small roll straight into a chapter. Names carry the chapter's short name. */
export async function makeTown(db: ChapterDb, mark: string): Promise<void> {
  const numbers = Array.from({ length: BUILDINGS }, (_, b) => String(2 * b + 1));
  const doorId = (b: number, unit: string): DoorId =>
    idFromDigest<DoorId>(digest(`${mark} door ${b} ${unit}`));
  const dwellers: Dweller[] = numbers.flatMap((number, b) =>
    // Two at the first door, one at the second.
    ['1', '1', '2'].map((unit, i) => {
      const person = 3 * b + i + 1;
      const id = idFromDigest<PersonId>(digest(`${mark} person ${person}`));
      return { id, doorId: doorId(b, unit), number, person };
    }),
  );
  await db.write(async (trx) => {
    await trx
      .insertInto('elections')
      .values({ name: '2024-11-05', label: 'General 2024', sort_key: '2024-11-05' })
      .execute();
    await trx
      .insertInto('buildings')
      .values(
        numbers.map((number, b) => ({
          id: idFromDigest<BuildingId>(digest(`${mark} building ${b}`)),
          address_key: `${number} MAIN ST`,
          number,
          street: 'Main St',
          city: 'Larkfield',
          zip: '00001',
          lon: -50 + b * 0.001,
          lat: 42,
          grade: 'exact' as const,
          precinct: b < 5 ? '1' : '2',
        })),
      )
      .execute();
    const doors = await trx
      .insertInto('doors')
      .values(
        numbers.flatMap((_, b) =>
          ['1', '2'].map((unit) => ({
            id: doorId(b, unit),
            building_key: b + 1,
            unit,
            unit_key: unit,
          })),
        ),
      )
      .returning(['id', 'key'])
      .execute();
    const doorKeys = new Map(doors.map(({ id, key }) => [id, key]));
    const people = await trx
      .insertInto('people')
      .values(
        dwellers.map(({ id, doorId: at, person }) => ({
          id,
          kind: 'voter' as const,
          source_id: `${mark}-QZX${person}`,
          door_key: doorKeys.get(at) ?? 0,
        })),
      )
      .returning(['id', 'key'])
      .execute();
    const keys = new Map(people.map(({ id, key }) => [id, key]));
    await trx
      .insertInto('voters')
      .values(
        dwellers.map(({ id, number, person }) => ({
          person_key: keys.get(id) ?? 0,
          import_id: '0190a0a0-0000-7000-8000-000000000001' as never,
          line: person,
          first_name: person === 1 ? '=HYPERLINK("x")' : `First${person}`,
          middle_name: '',
          last_name: `${mark}, "Jr"`,
          name_suffix: '',
          sex: null,
          age: 20 + person,
          birth_year: 1990,
          party: person % 3 === 0 ? null : person % 3 === 1 ? 'D' : 'R',
          registered_on: null,
          status: 'active' as const,
          phone: null,
          email: `${mark}${person}@example.org`,
          precinct: null,
          address: `${number} Main St`,
        })),
      )
      .execute();
    await trx
      .insertInto('voted')
      .values(
        dwellers
          .filter(({ person }) => person % 2 === 0)
          .map(({ id }) => ({
            person_key: keys.get(id) ?? 0,
            election: '2024-11-05',
            method: '',
          })),
      )
      .execute();
  });
  await db.write(refreshUniverseRows);
}
