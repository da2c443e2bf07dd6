import type { Selectable } from 'kysely';
import { makeId, type PetitionId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Petition, PetitionWords, SavePetition } from '#shared/model/petition.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import type { StaffActor } from './actor.ts';
import { readChapter } from './read-chapter.ts';
import { countSignatures } from './signatures.ts';

type Row = Selectable<Tables['petitions']>;

/** What a row says in its languages. */
export function readTranslations(row: Pick<Row, 'translations'>): readonly PetitionWords[] {
  return JSON.parse(row.translations) as PetitionWords[];
}

/** The words of a petition as phones and the desk read them. */
export function wordsOf(row: Pick<Row, 'wording' | 'language' | 'translations'>) {
  const translations = readTranslations(row);
  return {
    wording: row.wording,
    ...(row.language !== null && { language: row.language }),
    ...(translations.length > 0 && { translations }),
  };
}

/** The state of a petition as its two days say it. */
function stateOf({ opened_at: opened, closed_at: closed }: Row): Petition['state'] {
  if (opened === null) return 'draft';
  return closed === null ? 'open' : 'closed';
}

/** Every petition and pledge, newest first, with how many have signed it. */
export async function listPetitions(db: Pick<ChapterDb, 'read'>): Promise<Petition[]> {
  const rows = await db.read
    .selectFrom('petitions')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const counts = rows.length === 0 ? new Map<string, number>() : await countSignatures(db.read);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    ...wordsOf(row),
    state: stateOf(row),
    version: row.version,
    signatures: counts.get(row.id) ?? 0,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  }));
}

/** One petition. Problem: not-found. */
export async function readPetition(
  db: Pick<ChapterDb, 'read'>,
  id: PetitionId,
): Promise<Result<Petition>> {
  const petition = (await listPetitions(db)).find((one) => one.id === id);
  return petition === undefined ? fail(problem('not-found')) : ok(petition);
}

const cleaned = ({ kind, title, wording, language, translations = [] }: SavePetition) => ({
  kind,
  title: title.trim(),
  wording: wording.trim(),
  language: language ?? null,
  translations: JSON.stringify(
    translations.map((one) => ({
      language: one.language,
      title: one.title.trim(),
      wording: one.wording.trim(),
    })),
  ),
});

/** Each language has one set of words. */
function isTwice({ language, translations = [] }: SavePetition): boolean {
  const tags = [language ?? '', ...translations.map((one) => one.language)];
  return new Set(tags.map((tag) => tag.toLowerCase())).size < tags.length;
}

const twice = () => fail(problem('not-valid', { reason: 'it is written in one language twice' }));

/** Makes a draft. */
export async function makePetition(
  { db, member }: StaffActor,
  wish: SavePetition,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<Petition>> {
  if (isTwice(wish)) return twice();
  const { campaign } = await readChapter(db);
  const now = clock();
  const id = makeId<PetitionId>(now, random);
  await db.write((trx) =>
    trx
      .insertInto('petitions')
      .values({
        id,
        campaign_id: campaign.id,
        ...cleaned(wish),
        version: 1,
        created_by: member.id,
        created_at: now,
        opened_at: null,
        closed_at: null,
      })
      .execute(),
  );
  return readPetition(db, id);
}

type Change = Partial<Omit<Row, 'id' | 'version'>>;

/**
 * Changes a petition on top of the version that was seen. `decide` gives the change or why not.
 * Problems: not-found, version-changed and those of `decide`.
 */
async function changePetition(
  { db, member }: StaffActor,
  id: PetitionId,
  seen: number,
  decide: (row: Row) => Result<Change>,
  audited: { readonly kind: 'petition-opened' | 'petition-closed'; readonly at: number } | null,
): Promise<Result<Petition>> {
  const done = await db.write(async (trx): Promise<Result<null>> => {
    const row = await trx
      .selectFrom('petitions')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return fail(problem('not-found'));
    if (row.version !== seen) return fail(problem('version-changed'));
    const decided = decide(row);
    if (!decided.ok) return decided;
    await trx
      .updateTable('petitions')
      .set({ ...decided.value, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    if (audited === null) return ok(null);
    const details = { name: row.title };
    const actor = byMember({ member });
    await appendAudit(trx, { ...audited, actor, subject: id, details });
    // Phones that are out fetch their turf again, and the petition with it.
    const held = trx
      .selectFrom('assignments')
      .select('turf_id')
      .where('ended_at', 'is', null)
      .where('until_at', '>', audited.at);
    await trx
      .updateTable('turfs')
      .set((turf) => ({ version: turf('version', '+', 1) }))
      .where('id', 'in', held)
      .execute();
    return ok(null);
  });
  return done.ok ? readPetition(db, id) : done;
}

/** Writes on a draft. Problems: not-found, version-changed, petition-open. */
export function savePetition(
  actor: StaffActor,
  id: PetitionId,
  wish: SavePetition,
  seen: number,
): Promise<Result<Petition>> {
  const decide = (row: Row): Result<Change> =>
    row.opened_at === null ? ok(cleaned(wish)) : fail(problem('petition-open'));
  if (isTwice(wish)) return Promise.resolve(twice());
  return changePetition(actor, id, seen, decide, null);
}

/**
 * Opens a draft, or one that was closed: it goes out with every packet from now on. Problems:
 * not-found, version-changed, petition-empty.
 */
export function openPetition(
  actor: StaffActor,
  id: PetitionId,
  seen: number,
  { clock }: Pick<Ports, 'clock'>,
): Promise<Result<Petition>> {
  const at = clock();
  const decide = (row: Row): Result<Change> =>
    row.wording === '' || readTranslations(row).some(({ wording }) => wording === '')
      ? fail(problem('petition-empty'))
      : ok({ opened_at: row.opened_at ?? at, closed_at: null });
  return changePetition(actor, id, seen, decide, { kind: 'petition-opened', at });
}

/** Closes it: phones no longer offer it; what comes late still counts. Problems: not-found, version-changed. */
export function closePetition(
  actor: StaffActor,
  id: PetitionId,
  seen: number,
  { clock }: Pick<Ports, 'clock'>,
): Promise<Result<Petition>> {
  const at = clock();
  const decide = (row: Row): Result<Change> =>
    row.opened_at === null ? fail(problem('not-found')) : ok({ closed_at: row.closed_at ?? at });
  return changePetition(actor, id, seen, decide, { kind: 'petition-closed', at });
}

/** Takes a draft away. Problems: not-found, version-changed, petition-open. */
export function deletePetition(
  { db }: StaffActor,
  id: PetitionId,
  seen: number,
): Promise<Result<null>> {
  return db.write(async (trx): Promise<Result<null>> => {
    const row = await trx
      .selectFrom('petitions')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return fail(problem('not-found'));
    if (row.opened_at !== null) return fail(problem('petition-open'));
    if (row.version !== seen) return fail(problem('version-changed'));
    await trx.deleteFrom('petitions').where('id', '=', id).execute();
    return ok(null);
  });
}
