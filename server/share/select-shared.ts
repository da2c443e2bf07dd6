import { type Kysely, sql } from 'kysely';
import type { ConsentRecipients } from '#shared/model/consent.ts';
import type { UniverseQuestion } from '#shared/model/universe.ts';
import { selectUniverse } from '../turf/select-universe.ts';
import { HIDDEN, MERGED_WISHES, recordsOf } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';

/** Whom a share may hold. */
export interface ShareScope {
  /** Null: everybody. */
  readonly question: UniverseQuestion | null;
  /** Only those who allowed it for this kind of recipient; null: no consent is needed. */
  readonly consent: ConsentRecipients | null;
}

/** On the day of the newest roll; whoever is younger is in no file, nor who has no known name. */
const ADULT = 18;

/** Everybody of the scope, before anybody's wish is asked. */
export function selectScope(db: Kysely<Tables>, { question }: Pick<ShareScope, 'question'>) {
  const query = db
    .selectFrom('people')
    .leftJoin('voters', 'voters.person_key', 'people.key')
    .leftJoin('residents', 'residents.person_key', 'people.key')
    .where((where) =>
      where.or([
        where('voters.person_key', 'is not', null),
        where('residents.person_key', 'is not', null),
      ]),
    )
    .where('voters.adult_on', 'is', null)
    .where('people.key', 'not in', HIDDEN)
    .where((where) =>
      where.or([where('voters.age', 'is', null), where('voters.age', '>=', ADULT)]),
    );
  if (question === null) return query;
  const chosen = selectUniverse(db, question).select('row.person_key');
  return query.where('people.key', 'in', chosen);
}

/** Who asked not to be contacted, or lives behind a door that did (law 6). */
export const asksNoContact = sql<boolean>`(people.key in (select person_key from opt_outs)
  or people.door_key in (select door_key from door_opt_outs)
  or people.key in ${MERGED_WISHES})`;

/** Whose newest word on this kind of recipient, at whichever door and under whichever record, is yes. */
export const allows = (recipients: ConsentRecipients) => sql<boolean>`exists (
  select 1 from consents said where said.person_key in ${recordsOf('people.key')}
    and said.recipients = ${recipients} and said.given = 1
    and not exists (select 1 from consents later
      where later.person_key in ${recordsOf('people.key')}
      and later.recipients = said.recipients
      and (later.hlc > said.hlc or (later.hlc = said.hlc and later.op_id > said.op_id))))`;

/** Whoever is in the file: in the scope, did not ask to be left alone, and allowed it where needed. */
export function selectShared(db: Kysely<Tables>, scope: ShareScope) {
  const query = selectScope(db, scope).where(sql<boolean>`not ${asksNoContact}`);
  return scope.consent === null ? query : query.where(allows(scope.consent));
}
