import type { Transaction } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { outcomeBits } from '#shared/canvass/outcome-words.ts';
import { personTags } from '#shared/canvass/person-tags.ts';
import {
  byScope,
  type KnockFact,
  lastKnockAt,
  sumAnswers,
  sumKnocks,
} from '#shared/canvass/sum-field.ts';
import type { CampaignId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import type { Tables } from '../store/tables.ts';

type Trx = Transaction<Tables>;

/** Keys, or rows, of one statement. */
const AT_ONCE = 150;

export async function inParts<T>(
  items: Iterable<T>,
  work: (part: readonly T[]) => Promise<void>,
): Promise<void> {
  const all = [...items];
  for (let at = 0; at < all.length; at += AT_ONCE) await work(all.slice(at, at + AT_ONCE));
}

interface DoorFacts {
  /** Knocks that stand. */
  readonly knocks: readonly KnockFact[];
  /** Tags put on and taken off that stand. */
  readonly tags: readonly Operation[];
  /** Everybody whom a knock or a tag there names, also one that was taken back. */
  readonly named: ReadonlySet<PersonId>;
}

/** The facts of some doors. What this version cannot read does not count. */
async function readDoors(trx: Trx, doors: Iterable<number>): Promise<Map<number, DoorFacts>> {
  const facts = new Map<number, Operation[]>();
  await inParts(doors, async (part) => {
    const rows = await trx
      .selectFrom('ops')
      .select(['door_key', 'body', 'eff_hlc'])
      .where('door_key', 'in', part)
      .execute();
    for (const { door_key: door, body, eff_hlc: eff } of rows) {
      const fact = readOperation(body, eff ?? undefined);
      if (fact === null) continue;
      const own = facts.get(door);
      if (own === undefined) facts.set(door, [fact]);
      else own.push(fact);
    }
  });
  return new Map(
    [...facts].map(([door, all]) => {
      const standing = effectiveFacts(all);
      const knocks = standing.flatMap((fact) => (fact.type === 'knock' ? [fact] : []));
      const tags = standing.filter((fact) => fact.type === 'tag');
      const named = all.flatMap(({ type, payload }) =>
        (type === 'knock' || type === 'tag') && payload.personId !== null ? [payload.personId] : [],
      );
      return [door, { knocks, tags, named: new Set(named) }];
    }),
  );
}

/** Records of people by id and key, and who is shown for them. */
interface Records {
  readonly keyOf: ReadonlyMap<PersonId, number>;
  readonly faceOf: ReadonlyMap<number, number>;
}

async function readRecords(trx: Trx, named: ReadonlySet<PersonId>): Promise<Records> {
  const keyOf = new Map<PersonId, number>();
  await inParts(named, async (part) => {
    const rows = await trx
      .selectFrom('people')
      .select(['id', 'key'])
      .where('id', 'in', part)
      .execute();
    for (const { id, key } of rows) keyOf.set(id, key);
  });
  const faceOf = new Map([...keyOf.values()].map((key) => [key, key]));
  const faces = new Set<number>();
  await inParts([...faceOf.keys()], async (part) => {
    const rows = await trx
      .selectFrom('merged_people')
      .selectAll()
      .where('person_key', 'in', part)
      .execute();
    for (const { face_key: face } of rows) faces.add(face);
  });
  await inParts(faces, async (part) => {
    const rows = await trx
      .selectFrom('merged_people as m')
      .innerJoin('people as p', 'p.key', 'm.person_key')
      .select(['p.id', 'p.key', 'm.face_key'])
      .where('m.face_key', 'in', part)
      .execute();
    for (const { id, key, face_key: face } of rows) {
      keyOf.set(id, key);
      faceOf.set(key, face);
    }
  });
  return { keyOf, faceOf };
}

/** The doors at which these were named, as far as they were folded. */
export async function doorsOf(trx: Trx, keys: Iterable<number>): Promise<number[]> {
  const doors = new Set<number>();
  await inParts(keys, async (part) => {
    const rows = await trx
      .selectFrom('field_named')
      .select('door_key')
      .where('person_key', 'in', part)
      .execute();
    for (const { door_key: door } of rows) doors.add(door);
  });
  return [...doors];
}

type Row<T extends keyof Tables> = { readonly [C in keyof Tables[T]]: Tables[T][C] };

function doorRows(
  door: number,
  { knocks }: DoorFacts,
  campaignOf: ReadonlyMap<TurfId, CampaignId>,
): Row<'field_doors'>[] {
  return [...byScope(knocks, campaignOf)].map(([scope, all]) => {
    const open = sumKnocks(all.filter(({ payload }) => payload.personId === null));
    return {
      door_key: door,
      scope,
      knocked_at: lastKnockAt(all) ?? 0,
      last: open?.last ?? null,
      place: open?.order ?? '',
      ever: open === null ? 0 : outcomeBits(open.ever),
    };
  });
}

function personRows(
  face: number,
  knocks: readonly KnockFact[],
  campaignOf: ReadonlyMap<TurfId, CampaignId>,
): Row<'field_people'>[] {
  return [...byScope(knocks, campaignOf)].flatMap(([scope, all]) => {
    const sum = sumKnocks(all);
    if (sum === null) return [];
    const { last, order: place, support } = sum;
    return [{ person_key: face, scope, last, place, ever: outcomeBits(sum.ever), support }];
  });
}

/** What was said last of a tag counts, under whichever record of somebody it was said. */
function tagRows(doors: readonly DoorFacts[], { keyOf, faceOf }: Records): Row<'field_tags'>[] {
  const idOf = new Map([...keyOf].map(([id, key]) => [key, id]));
  const faces = new Map(
    [...keyOf].flatMap(([id, key]) => {
      const face = idOf.get(faceOf.get(key) ?? key);
      return face === undefined || face === id ? [] : [[id, face] as const];
    }),
  );
  const facts = doors.flatMap(({ tags }) => tags.map((fact) => asOne(fact, faces)));
  return [...personTags(facts)].flatMap(([id, tags]) => {
    const key = keyOf.get(id);
    return key === undefined ? [] : tags.map((tag) => ({ person_key: key, tag }));
  });
}

export async function forgetPeople(trx: Trx, keys: Iterable<number>): Promise<void> {
  await inParts(new Set(keys), async (part) => {
    await trx.deleteFrom('field_people').where('person_key', 'in', part).execute();
    await trx.deleteFrom('field_answers').where('person_key', 'in', part).execute();
    await trx.deleteFrom('field_tags').where('person_key', 'in', part).execute();
  });
}

/**
 * Folds some doors of the log anew into the tables that universes ask, and everybody who was named
 * there, wherever else they were named. Gives the same however often and in whichever parts it is done.
 */
export async function foldField(
  trx: Trx,
  doors: readonly number[],
  campaignOf: ReadonlyMap<TurfId, CampaignId>,
): Promise<void> {
  const facts = await readDoors(trx, doors);
  const named = new Set([...facts.values()].flatMap((one) => [...one.named]));
  const { keyOf, faceOf } = await readRecords(trx, named);
  const pairs = [...facts].flatMap(([door, one]) =>
    [...one.named].flatMap((id) => {
      const key = keyOf.get(id);
      return key === undefined ? [] : [{ person_key: key, door_key: door }];
    }),
  );
  await inParts(pairs, async (part) => {
    await trx
      .insertInto('field_named')
      .values([...part])
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  const elsewhere = (await doorsOf(trx, keyOf.values())).filter((door) => !facts.has(door));
  const everywhere = [...facts.values(), ...(await readDoors(trx, elsewhere)).values()];

  const ofFace = new Map<number, KnockFact[]>([...faceOf.values()].map((face) => [face, []]));
  for (const { knocks } of everywhere) {
    for (const knock of knocks) {
      const key = knock.payload.personId === null ? undefined : keyOf.get(knock.payload.personId);
      if (key !== undefined) ofFace.get(faceOf.get(key) ?? key)?.push(knock);
    }
  }
  await inParts(doors, async (part) => {
    await trx.deleteFrom('field_doors').where('door_key', 'in', part).execute();
  });
  await forgetPeople(trx, [...keyOf.values(), ...ofFace.keys()]);
  await inParts(
    [...facts].flatMap(([door, one]) => doorRows(door, one, campaignOf)),
    async (part) => {
      await trx
        .insertInto('field_doors')
        .values([...part])
        .execute();
    },
  );
  await inParts(
    [...ofFace].flatMap(([face, all]) => personRows(face, all, campaignOf)),
    async (part) => {
      await trx
        .insertInto('field_people')
        .values([...part])
        .execute();
    },
  );
  const answers = [...ofFace].flatMap(([face, all]) =>
    [...sumAnswers(all)].flatMap(([question, said]) =>
      [...said].map((word) => ({ person_key: face, question_id: question, said: word })),
    ),
  );
  await inParts(answers, async (part) => {
    await trx
      .insertInto('field_answers')
      .values([...part])
      .execute();
  });
  await inParts(tagRows(everywhere, { keyOf, faceOf }), async (part) => {
    await trx
      .insertInto('field_tags')
      .values([...part])
      .execute();
  });
}
