import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { foldContactConsents } from '#shared/canvass/contact-consents.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Channel } from '#shared/model/consent.ts';
import { readFaces } from '../store/merged-people.ts';
import { engineOf } from '../store/run-ddl.ts';
import type { Tables } from '../store/tables.ts';
import { factsOfType } from '../sync/facts-of-type.ts';

/** Who refused which ways, as it was read last, and from what. */
interface Refusals {
  readonly from: string;
  readonly ids: ReadonlyMap<Channel, readonly PersonId[]>;
}

/** Each count asks: facts are read again only when they, or who is one with whom, are others. */
const readLast = new WeakMap<Kysely<Tables>, Refusals>();

/** The digests of all facts of a kind in one text, and a list of ids as rows. */
const engines = {
  sqlite: {
    digests: sql<string>`group_concat(hex(sha256), '')`,
    listed: (ids: string) => sql<PersonId>`(select value from json_each(${ids}))`,
  },
  postgres: {
    digests: sql<string>`string_agg(encode(sha256, 'hex'), '' order by seq)`,
    listed: (ids: string) =>
      sql<PersonId>`(select value from json_array_elements_text(cast(${ids} as json)) as value)`,
  },
};

/** What refusals are read from: the bytes of facts, and who is shown for whom. Null: nobody said anything. */
async function sourceOf(db: Kysely<Tables>): Promise<string | null> {
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('ops')
        .select(['type', 'seq', 'sha256'])
        .where('type', 'in', ['contact-consent', 'withdraw'])
        .orderBy('type')
        .orderBy('seq')
        .as('facts'),
    )
    .select(['type', engines[engineOf(db)].digests.as('digests')])
    .groupBy('type')
    .execute();
  const said = rows.find(({ type }) => type === 'contact-consent');
  if (said === undefined) return null;
  const taken = rows.find(({ type }) => type === 'withdraw');
  const merged = await db.selectFrom('merged_people').selectAll().orderBy('person_key').execute();
  return hash('sha256', JSON.stringify([said.digests, taken?.digests, merged]));
}

async function readRefusals(db: Kysely<Tables>): Promise<Refusals['ids']> {
  const from = await sourceOf(db);
  if (from === null) return new Map();
  const known = readLast.get(db);
  if (known?.from === from) return known.ids;
  const faceOf = await readFaces(db);
  const facts = await factsOfType(db, 'contact-consent');
  const ids = new Map<Channel, PersonId[]>();
  for (const said of foldContactConsents(facts.map(({ operation }) => asOne(operation, faceOf)))) {
    if (said.given) continue;
    const others = ids.get(said.channel);
    if (others === undefined) ids.set(said.channel, [said.personId]);
    else others.push(said.personId);
  }
  readLast.set(db, { from, ids });
  return ids;
}

/**
 * Keys of the people who said last that nobody may get in touch by a way, wherever they said it; of
 * two records that are one person that of the one who is shown.
 */
export async function findRefusing(db: Kysely<Tables>, way: Channel): Promise<readonly number[]> {
  const ids = (await readRefusals(db)).get(way) ?? [];
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('people')
    .select('key')
    .where('id', 'in', engines[engineOf(db)].listed(JSON.stringify(ids)))
    .execute();
  return rows.map(({ key }) => key);
}
