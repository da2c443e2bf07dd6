import type { Kysely } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { foldContactConsents } from '#shared/canvass/contact-consents.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Channel } from '#shared/model/consent.ts';
import { readFaces } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { factsOfType } from '../sync/facts-of-type.ts';

/** Ids of one statement. */
const AT_ONCE = 500;

/**
 * Keys of the people who said last that nobody may get in touch by a way, wherever they said it; of
 * two records that are one person that of the one who is shown.
 */
export async function findRefusing(db: Kysely<Tables>, way: Channel): Promise<readonly number[]> {
  const facts = await factsOfType(db, 'contact-consent');
  if (facts.length === 0) return [];
  const faceOf = await readFaces(db);
  const said = foldContactConsents(facts.map(({ operation }) => asOne(operation, faceOf)));
  const ids: PersonId[] = said.flatMap((one) =>
    one.channel === way && !one.given ? [one.personId] : [],
  );
  const keys: number[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const rows = await db
      .selectFrom('people')
      .select('key')
      .where('id', 'in', ids.slice(at, at + AT_ONCE))
      .execute();
    keys.push(...rows.map(({ key }) => key));
  }
  return keys;
}
