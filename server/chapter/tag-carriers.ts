import { sql } from 'kysely';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { TagId } from '#shared/kernel/ids.ts';
import type { Corrected } from '#shared/canvass/corrections.ts';
import type { TagCarriers } from '#shared/model/tag.ts';
import { readPutRight } from '../share/put-right.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { MERGED_WISHES, readFaces } from '../store/merged-people.ts';
import { ensureField } from '../turf/field-facts.ts';

/** People of one page. */
const PAGE = 100;

interface Names {
  readonly voterFirst: string | null;
  readonly voterLast: string | null;
  readonly residentFirst: string | null;
  readonly residentLast: string | null;
}

/** What was put right lies over what the roll, or whoever met them, said. */
function nameOf(row: Names, { firstName, lastName }: Corrected = {}): string {
  const first = firstName ?? row.voterFirst ?? row.residentFirst ?? '';
  const last = lastName ?? row.voterLast ?? row.residentLast ?? '';
  return `${first} ${last}`.trim();
}

/** A child, and whoever asked to be left alone, carries it without a name (I10). */
const NAMED = sql<0 | 1>`case when voters.adult_on is null
  and people.key not in (select person_key from opt_outs)
  and people.key not in ${MERGED_WISHES}
  and people.door_key not in (select door_key from door_opt_outs) then 1 else 0 end`;

/** Who carries a tag now, in the order of their records, `after` so many. Problem: not-found. */
export async function tagCarriers(
  db: ChapterDb,
  tag: TagId,
  after: number,
): Promise<Result<TagCarriers>> {
  const found = await db.read
    .selectFrom('tags')
    .select('id')
    .where('id', '=', tag)
    .executeTakeFirst();
  if (found === undefined) return fail(problem('not-found'));
  await ensureField(db);
  const { total } = await db.read
    .selectFrom('field_tags')
    .select((of) => of.fn.countAll<number>().as('total'))
    .where('tag', '=', tag)
    .executeTakeFirstOrThrow();
  const rows = await db.read
    .selectFrom('field_tags')
    .innerJoin('people', 'people.key', 'field_tags.person_key')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .leftJoin('voters', 'voters.person_key', 'people.key')
    .leftJoin('residents', 'residents.person_key', 'people.key')
    .select(['people.id', 'doors.unit', 'buildings.number', 'buildings.street'])
    .select(['voters.first_name as voterFirst', 'voters.last_name as voterLast'])
    .select(['residents.first_name as residentFirst', 'residents.last_name as residentLast'])
    .select(NAMED.as('named'))
    .where('field_tags.tag', '=', tag)
    .orderBy('people.key')
    .limit(PAGE)
    .offset(after)
    .execute();
  const { corrected } = await readPutRight(db.read, await readFaces(db.read));
  const people = rows.map((row) => ({
    personId: row.id,
    name: row.named === 1 ? nameOf(row, corrected.get(row.id)) : '',
    address: [`${row.number} ${row.street}`.trim(), row.unit]
      .filter((part) => part !== '')
      .join(', '),
  }));
  const next = after + PAGE < total ? after + PAGE : null;
  return ok({ people, total, next });
}
