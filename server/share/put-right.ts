import type { Kysely } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { foldContactConsents } from '#shared/canvass/contact-consents.ts';
import { type Corrected, foldCorrections } from '#shared/canvass/corrections.ts';
import { standingByDoor } from '#shared/canvass/standing-by-door.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Channel } from '#shared/model/consent.ts';
import type { OperationType } from '#shared/model/operation.ts';
import type { Tables } from '../store/tables.ts';
import { factsOfType } from '../sync/facts-of-type.ts';

/** What people have put right themselves, and by which ways they said that nobody may get in touch. */
export interface PutRight {
  readonly corrected: ReadonlyMap<PersonId, Corrected>;
  readonly refused: ReadonlyMap<PersonId, ReadonlySet<Channel>>;
}

/**
 * What was put right of everybody, and the ways that they refused, of each the newest word wherever
 * it was said. Of two records that are one person it is the one's that is shown.
 */
export async function readPutRight(
  db: Kysely<Tables>,
  faceOf: ReadonlyMap<PersonId, PersonId>,
): Promise<PutRight> {
  const read = async (type: OperationType) =>
    (await factsOfType(db, type)).map(({ operation }) => asOne(operation, faceOf));
  const corrected = foldCorrections(standingByDoor(await read('correct')));
  const refused = new Map<PersonId, Set<Channel>>();
  for (const { personId, channel, given } of foldContactConsents(await read('contact-consent'))) {
    if (given) continue;
    const ways = refused.get(personId);
    if (ways === undefined) refused.set(personId, new Set([channel]));
    else ways.add(channel);
  }
  return { corrected, refused };
}
