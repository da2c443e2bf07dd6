import type { Selectable, Transaction } from 'kysely';
import { makeId, type TagId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type ChangeTag, MOST_TAGS, type PacketTag, type Tag } from '#shared/model/tag.ts';
import type { TagFacet } from '#shared/model/universe.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { ensureField } from '../turf/field-facts.ts';
import type { StaffActor } from './actor.ts';
import { renewPackets } from './renew-packets.ts';

type Trx = Transaction<Tables>;
type Row = Selectable<Tables['tags']>;

/** Every tag by its name, those that are offered first, with how many people carry it. */
export async function listTags(db: ChapterDb): Promise<Tag[]> {
  const rows = await db.read.selectFrom('tags').selectAll().execute();
  if (rows.length === 0) return [];
  await ensureField(db);
  const counts = await db.read
    .selectFrom('field_tags')
    .select(['tag', (of) => of.fn.countAll<number>().as('people')])
    .groupBy('tag')
    .execute();
  const peopleOf = new Map(counts.map(({ tag, people }) => [tag, people]));
  return rows
    .map((row): Tag => ({
      id: row.id,
      name: row.name,
      retiredAt: row.retired_at,
      people: peopleOf.get(row.id) ?? 0,
      version: row.version,
    }))
    .sort(
      (a, b) =>
        Number(a.retiredAt !== null) - Number(b.retiredAt !== null) || a.name.localeCompare(b.name),
    );
}

/** The tags as universes can ask for them. */
export async function readTagFacets(db: ChapterDb): Promise<TagFacet[]> {
  return (await listTags(db)).map(({ id, name, people }) => ({ value: id, label: name, people }));
}

/** The tags as phones offer and name them, by name. */
export async function packetTags(db: Pick<ChapterDb, 'read'>): Promise<PacketTag[]> {
  const rows = await db.read.selectFrom('tags').select(['id', 'name', 'retired_at']).execute();
  return rows
    .map(({ id, name, retired_at: retired }) => ({
      id,
      name,
      ...(retired !== null && { retired: true as const }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const tidy = (name: string): string => name.trim().replaceAll(/\s+/gu, ' ');
const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What stands in the way of a tag of that name beside the others. Problems: tag-exists, tags-full. */
async function checkName(trx: Trx, name: string, own: TagId | null): Promise<Result<null>> {
  const rows = await trx.selectFrom('tags').select(['id', 'name', 'retired_at']).execute();
  const others = rows.filter(({ id }) => id !== own);
  if (others.some((one) => sameName(one.name, name))) return fail(problem('tag-exists', { name }));
  const offered = others.filter(({ retired_at: retired }) => retired === null);
  return offered.length >= MOST_TAGS ? fail(problem('tags-full')) : ok(null);
}

async function readTag(db: ChapterDb, id: TagId): Promise<Result<Tag>> {
  const tag = (await listTags(db)).find((one) => one.id === id);
  return tag === undefined ? fail(problem('not-found')) : ok(tag);
}

/** Makes a tag, which phones offer from now on. Problems: tag-exists, tags-full. */
export async function makeTag(
  { db, member }: StaffActor,
  wish: string,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<Tag>> {
  const now = clock();
  const id = makeId<TagId>(now, random);
  const name = tidy(wish);
  const made = await db.write(async (trx): Promise<Result<null>> => {
    const free = await checkName(trx, name, null);
    if (!free.ok) return free;
    const row = { id, name, version: 1, made_by: member.id, made_at: now, retired_at: null };
    await trx.insertInto('tags').values(row).execute();
    const details = { name };
    await appendAudit(trx, {
      kind: 'tag-made',
      at: now,
      actor: byMember({ member }),
      subject: id,
      details,
    });
    await renewPackets(trx, now);
    return ok(null);
  });
  return made.ok ? readTag(db, id) : made;
}

/**
 * Renames a tag, or says whether it is still offered. Whoever carries it keeps it. Problems:
 * not-found, version-changed, tag-exists, tags-full.
 */
export async function changeTag(
  { db, member }: StaffActor,
  id: TagId,
  wish: ChangeTag,
  seen: number,
  { clock }: Pick<Ports, 'clock'>,
): Promise<Result<Tag>> {
  const now = clock();
  const done = await db.write(async (trx): Promise<Result<null>> => {
    const row = await trx.selectFrom('tags').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return fail(problem('not-found'));
    if (row.version !== seen) return fail(problem('version-changed'));
    const next = changed(row, wish, now);
    if (next.retired_at === null) {
      const free = await checkName(trx, next.name, id);
      if (!free.ok) return free;
    }
    await trx
      .updateTable('tags')
      .set({ ...next, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    const details = { name: next.name, before: row.name, retired: next.retired_at !== null };
    await appendAudit(trx, {
      kind: 'tag-changed',
      at: now,
      actor: byMember({ member }),
      subject: id,
      details,
    });
    await renewPackets(trx, now);
    return ok(null);
  });
  return done.ok ? readTag(db, id) : done;
}

function changed(
  row: Row,
  { name, retired }: ChangeTag,
  now: number,
): Pick<Row, 'name' | 'retired_at'> {
  const since = row.retired_at ?? now;
  return {
    name: name === undefined ? row.name : tidy(name),
    retired_at: retired === undefined ? row.retired_at : retired ? since : null,
  };
}
