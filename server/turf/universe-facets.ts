import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { ROLL_WORDS, type RollWord } from '#shared/model/step-words.ts';
import type { Facet, UniverseFacets } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HIDDEN } from '../store/merged-people.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { buildingRanges } from './building-ranges.ts';

type OfRoll = Omit<UniverseFacets, 'layers' | 'questions'>;

/** Counting votes takes a second for 500,000 people, and only imports and merges change them. */
const kept = new WeakMap<ChapterDb, { readonly of: string; readonly facets: OfRoll }>();

type Counts = Map<string, number>;

const add = (counts: Counts, value: string, people: number): void => {
  counts.set(value, (counts.get(value) ?? 0) + people);
};

const byPeople = (counts: Counts): Facet[] =>
  [...counts]
    .map(([value, people]) => ({ value, people }))
    .sort((a, b) => b.people - a.people || (a.value < b.value ? -1 : 1));

const COLUMNS = [...ROLL_WORDS, 'districts'] as const;

/** How many have each word of the roll; part by part, so that nobody waits for all of it. */
async function countWords(db: ChapterDb): Promise<{
  readonly words: Readonly<Record<(typeof COLUMNS)[number], Counts>>;
  readonly registered: boolean;
}> {
  const words = {
    party: new Map<string, number>(),
    precinct: new Map<string, number>(),
    sex: new Map<string, number>(),
    status: new Map<string, number>(),
    language: new Map<string, number>(),
    districts: new Map<string, number>(),
  };
  for await (const { after, upTo } of buildingRanges(db)) {
    for (const column of COLUMNS) {
      const rows = await db.read
        .selectFrom('universe_rows')
        .select(`${column} as value`)
        .select(sql<number>`count(*)`.as('people'))
        .where('building_key', '>', after)
        .where('building_key', '<=', upTo)
        .where('person_key', 'not in', HIDDEN)
        .groupBy(column)
        .execute();
      for (const { value, people } of rows) add(words[column], value ?? '', people);
      await setImmediate();
    }
  }
  const registered = await db.read
    .selectFrom('universe_rows')
    .select('person_key')
    .where('registered_on', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return { words, registered: registered !== undefined };
}

/** What only some have is worth asking for; one value for all, or none, is not. */
const choices = (counts: Counts): Facet[] => (counts.size > 1 ? byPeople(counts) : []);

function toDistricts(counts: Counts): OfRoll['districts'] {
  const kinds = new Map<string, Counts>();
  for (const [json, people] of counts) {
    if (json === '') continue;
    for (const [of, value] of Object.entries(JSON.parse(json) as Record<string, string>)) {
      const own = kinds.get(of) ?? new Map<string, number>();
      kinds.set(of, own);
      add(own, value, people);
    }
  }
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([of, own]) => ({ of, values: byPeople(own) }));
}

/** People whose votes are counted at once. */
const PEOPLE = 20_000;

/** Votes by election and by how they were cast, under every record there is. */
async function countVotes(
  db: ChapterDb,
): Promise<{ readonly elections: Counts; readonly methods: Counts }> {
  const [elections, methods] = [new Map<string, number>(), new Map<string, number>()];
  const { last } = await db.read
    .selectFrom('voted')
    .select(sql<number | null>`max(person_key)`.as('last'))
    .executeTakeFirstOrThrow();
  for (let after = 0; after < (last ?? 0); after += PEOPLE) {
    const rows = await db.read
      .selectFrom('voted')
      .select(['election', 'method', sql<number>`count(*)`.as('people')])
      .where('person_key', '>', after)
      .where('person_key', '<=', after + PEOPLE)
      .groupBy(['election', 'method'])
      .execute();
    for (const { election, method, people } of rows) {
      add(elections, election, people);
      if (method !== '') add(methods, method, people);
    }
    await setImmediate();
  }
  // Who is in the roll twice has voted once.
  const twice = await db.read
    .selectFrom('merged_people as same')
    .innerJoin('voted', 'voted.person_key', 'same.person_key')
    .select(['election', sql<number>`count(*) - count(distinct same.face_key)`.as('people')])
    .groupBy('election')
    .execute();
  for (const { election, people } of twice) add(elections, election, -people);
  return { elections, methods };
}

async function readAnew(db: ChapterDb): Promise<OfRoll> {
  const { words, registered } = await countWords(db);
  const votes = await countVotes(db);
  const elections = await db.read
    .selectFrom('elections')
    .select(['name', 'label'])
    .orderBy('sort_key', 'desc')
    .orderBy('name')
    .execute();
  const of = (word: RollWord): Facet[] => choices(words[word]);
  return {
    people: [...words.party.values()].reduce((sum, people) => sum + people, 0),
    parties: byPeople(words.party),
    precincts: byPeople(words.precinct),
    sexes: of('sex'),
    statuses: of('status'),
    languages: of('language'),
    districts: toDistricts(words.districts),
    registered,
    methods: byPeople(votes.methods),
    elections: elections.map(({ name, label }) => ({
      value: name,
      label,
      people: votes.elections.get(name) ?? 0,
    })),
  };
}

/** What the roll offers to choose from, most frequent first; elections newest first. */
export async function readFacets(db: ChapterDb): Promise<OfRoll> {
  await ensureUniverseRows(db);
  const { import_id: importId } = await db.read
    .selectFrom('universe_rows_of')
    .select('import_id')
    .executeTakeFirstOrThrow();
  const merged = await db.read
    .selectFrom('merged_people')
    .select((eb) => [
      eb.fn.countAll<number>().as('n'),
      sql<number>`coalesce(sum(person_key * 31 + face_key), 0)`.as('who'),
    ])
    .executeTakeFirstOrThrow();
  const of = `${importId} ${merged.n} ${merged.who}`;
  const before = kept.get(db);
  if (before?.of === of) return before.facets;
  const facets = await readAnew(db);
  kept.set(db, { of, facets });
  return facets;
}
