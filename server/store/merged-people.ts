import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

/** Keys of one statement. */
const AT_ONCE = 500;

/** The people for whom another record of theirs is shown: they are in no list and no count. */
export const HIDDEN = sql<number>`(select person_key from merged_people where person_key <> face_key)`;

/**
 * Those who are shown for several records of which one asked not to be contacted, or lives behind a
 * door that did: law 6 holds for the person, under whichever number the wish came.
 */
export const MERGED_WISHES = sql<number>`(select m.face_key from merged_people m
  join people q on q.key = m.person_key
  where q.key in (select person_key from opt_outs)
    or q.door_key in (select door_key from door_opt_outs))`;

/** Every record by which somebody is known who is shown as `key`, itself among them. */
export const recordsOf = (key: string): RawBuilder<number> => sql<number>`(select ${sql.ref(key)}
  union all select same.person_key from merged_people same
    where same.face_key = ${sql.ref(key)} and same.person_key <> same.face_key)`;

interface Edge {
  readonly loser_key: number;
  readonly winner_key: number;
}

function* inParts<T>(items: Iterable<T>): Generator<readonly T[]> {
  const all = [...items];
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}

/** Everybody who is one with somebody by merges, with who gave way to whom. */
export async function readGroup(
  db: Db,
  key: number,
): Promise<{ readonly keys: readonly number[]; readonly edges: readonly Edge[] }> {
  const keys = new Set([key]);
  const edges = new Map<number, Edge>();
  let edge = [key];
  while (edge.length > 0) {
    const next: number[] = [];
    for (const some of inParts(edge)) {
      const rows = await db
        .selectFrom('person_merges')
        .select(['loser_key', 'winner_key'])
        .where((where) =>
          where.or([where('loser_key', 'in', some), where('winner_key', 'in', some)]),
        )
        .execute();
      for (const row of rows) {
        edges.set(row.loser_key, row);
        for (const found of [row.loser_key, row.winner_key]) {
          if (keys.has(found)) continue;
          keys.add(found);
          next.push(found);
        }
      }
    }
    edge = next;
  }
  return { keys: [...keys], edges: [...edges.values()] };
}

/** The one of a group who gives way to nobody. */
export const rootOf = (keys: readonly number[], edges: readonly Edge[]): number => {
  const losers = new Set(edges.map(({ loser_key: key }) => key));
  return keys.find((key) => !losers.has(key)) ?? Math.min(...keys);
};

/** Those of some keys whom anybody can see: in the roll that stands, or met at a door. */
async function findShown(db: Db, keys: readonly number[]): Promise<ReadonlySet<number>> {
  const shown = new Set<number>();
  for (const some of inParts(keys)) {
    for (const table of ['voters', 'residents'] as const) {
      const rows = await db
        .selectFrom(table)
        .select('person_key')
        .where('person_key', 'in', some)
        .execute();
      for (const { person_key: key } of rows) shown.add(key);
    }
  }
  return shown;
}

/**
 * Who is shown for a group: the one whom people chose, else, when no roll has that record any more,
 * another that is there. So nobody is lost because an office struck out the record that was kept.
 */
function chooseFace(root: number, keys: readonly number[], shown: ReadonlySet<number>): number {
  if (shown.has(root)) return root;
  const others = keys.filter((key) => shown.has(key));
  return others.length === 0 ? root : Math.min(...others);
}

async function writeGroup(trx: Transaction<Tables>, keys: readonly number[], face: number) {
  if (keys.length < 2) return;
  const rows = keys.map((key) => ({ person_key: key, face_key: face }));
  for (const some of inParts(rows)) await trx.insertInto('merged_people').values(some).execute();
}

/** Works out anew who is shown for these people, after a merge or what took one apart. */
export async function refreshMerged(
  trx: Transaction<Tables>,
  people: readonly number[],
): Promise<void> {
  const done = new Set<number>();
  for (const person of people) {
    if (done.has(person)) continue;
    const { keys, edges } = await readGroup(trx, person);
    for (const some of inParts(keys)) {
      await trx.deleteFrom('merged_people').where('person_key', 'in', some).execute();
    }
    await writeGroup(trx, keys, chooseFace(rootOf(keys, edges), keys, await findShown(trx, keys)));
    for (const key of keys) done.add(key);
  }
}

/** Forgets that somebody was one with anybody, or was said not to be: they are erased. */
export async function dropMerges(trx: Transaction<Tables>, key: number): Promise<void> {
  const { keys } = await readGroup(trx, key);
  await trx
    .deleteFrom('person_merges')
    .where((where) => where.or([where('loser_key', '=', key), where('winner_key', '=', key)]))
    .execute();
  for (const table of ['not_same', 'duplicate_pairs'] as const) {
    await trx
      .deleteFrom(table)
      .where((where) => where.or([where('low_key', '=', key), where('high_key', '=', key)]))
      .execute();
  }
  await trx.deleteFrom('merged_people').where('person_key', '=', key).execute();
  await refreshMerged(
    trx,
    keys.filter((other) => other !== key),
  );
}

/** The same for everybody, when another roll stands. Gives those for whom another is shown now. */
export async function refreshAllMerged(trx: Transaction<Tables>): Promise<number[]> {
  const edges = await trx.selectFrom('person_merges').select(['loser_key', 'winner_key']).execute();
  if (edges.length === 0) return [];
  const before = new Map(
    (await trx.selectFrom('merged_people').selectAll().execute()).map((row) => [
      row.person_key,
      row.face_key,
    ]),
  );
  const winnerOf = new Map(edges.map((edge) => [edge.loser_key, edge.winner_key]));
  const groups = new Map<number, number[]>();
  const all = new Set(edges.flatMap((edge) => [edge.loser_key, edge.winner_key]));
  for (const key of all) {
    let root = key;
    for (let up = winnerOf.get(root); up !== undefined; up = winnerOf.get(root)) root = up;
    groups.set(root, [...(groups.get(root) ?? []), key]);
  }
  const shown = await findShown(trx, [...all]);
  await trx.deleteFrom('merged_people').execute();
  const changed: number[] = [];
  for (const [root, keys] of groups) {
    const face = chooseFace(root, keys, shown);
    await writeGroup(trx, keys, face);
    changed.push(...keys.filter((key) => before.get(key) !== face));
  }
  return changed;
}

/** The roll’s ids of the records that are not shown, by the id of the one who is. */
export async function readOtherIds(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('merged_people as m')
    .innerJoin('people as own', 'own.key', 'm.person_key')
    .innerJoin('people as face', 'face.key', 'm.face_key')
    .select(['own.source_id as sourceId', 'face.id'])
    .whereRef('m.person_key', '<>', 'm.face_key')
    .orderBy('own.key')
    .execute();
  const others = new Map<string, string[]>();
  for (const { id, sourceId } of rows) {
    if (sourceId !== null) others.set(id, [...(others.get(id) ?? []), sourceId]);
  }
  return others;
}

/** For whom somebody is shown: the records that are not shown, by id, with the one that is. */
export async function readFaces(
  db: Db,
  turfId: Tables['turfs']['id'] | null = null,
): Promise<ReadonlyMap<PersonId, PersonId>> {
  let query = db
    .selectFrom('merged_people as m')
    .innerJoin('people as own', 'own.key', 'm.person_key')
    .innerJoin('people as face', 'face.key', 'm.face_key')
    .select(['own.id', 'face.id as face'])
    .whereRef('m.person_key', '<>', 'm.face_key');
  if (turfId !== null) {
    const doors = db
      .selectFrom('turf_doors')
      .select('door_key')
      .where('turf_id', '=', turfId)
      .where('removed_seq', 'is', null);
    query = query.where((where) =>
      where.or([where('own.door_key', 'in', doors), where('face.door_key', 'in', doors)]),
    );
  }
  return new Map((await query.execute()).map(({ id, face }) => [id, face]));
}
