import type { Transaction } from 'kysely';
import { plainName } from '#shared/roll/plain-name.ts';
import { normaliseNumber } from '#shared/roll/normalise-address.ts';
import { whoText } from '../roll/layer-who.ts';
import type { Tables } from '../store/tables.ts';

/** Somebody as the layers know them. */
export interface InLayers {
  readonly key: number;
  readonly sourceId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/**
 * Takes somebody out of every layer: their values, and rows that were left out and name them, by the
 * id or by name and house.
 */
export async function forgetInLayers(
  trx: Transaction<Tables>,
  { key, sourceId, firstName, lastName }: InLayers,
): Promise<void> {
  await trx.deleteFrom('layer_values').where('person_key', '=', key).execute();
  const home = await trx
    .selectFrom('people')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select('buildings.number')
    .where('people.key', '=', key)
    .executeTakeFirst();
  const number = normaliseNumber(home?.number ?? '');
  const [last, first] = [plainName(lastName ?? ''), plainName(firstName ?? '')];
  const known = [
    ...(sourceId === null ? [] : [`#${sourceId}`]),
    ...(last === '' && first === '' ? [] : [whoText(last, first, number)]),
  ];
  if (known.length === 0) return;
  await trx.deleteFrom('layer_left_out').where('who', 'in', known).execute();
}
