import { makeId, type MemberId, type ScriptId, type ScriptVersionId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { SaveScript, Script, ScriptBody, ScriptVersion } from '#shared/model/script.ts';
import { sayScriptFault, validateScript } from '#shared/script/validate-script.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import { readChapter } from './read-chapter.ts';

type Means = Pick<Ports, 'clock' | 'random'>;

function toVersion(row: {
  readonly id: ScriptVersionId;
  readonly script_id: ScriptId;
  readonly number: number;
  readonly name: string;
  readonly body: string;
  readonly published_at: number;
}): ScriptVersion {
  return {
    id: row.id,
    scriptId: row.script_id,
    number: row.number,
    name: row.name,
    body: JSON.parse(row.body) as ScriptBody,
    publishedAt: row.published_at,
  };
}

/** Every script with its published versions, newest first. */
export async function listScripts(db: ChapterDb): Promise<Script[]> {
  const scripts = await db.read
    .selectFrom('scripts')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const versions = await db.read
    .selectFrom('script_versions')
    .selectAll()
    .orderBy('number', 'desc')
    .execute();
  return scripts.map((script) => ({
    id: script.id,
    name: script.name,
    draft: JSON.parse(script.draft) as ScriptBody,
    version: script.version,
    published: versions.filter((one) => one.script_id === script.id).map(toVersion),
  }));
}

async function readScript(db: ChapterDb, id: ScriptId): Promise<Script> {
  const script = (await listScripts(db)).find((one) => one.id === id);
  if (script === undefined) throw new Error('The script is gone.');
  return script;
}

export async function makeScript(db: ChapterDb, wish: SaveScript, means: Means): Promise<Script> {
  const { campaign } = await readChapter(db);
  const now = means.clock();
  const id = makeId<ScriptId>(now, means.random);
  await db.write((trx) =>
    trx
      .insertInto('scripts')
      .values({
        id,
        campaign_id: campaign.id,
        name: wish.name,
        draft: JSON.stringify(wish.draft),
        version: 1,
        created_at: now,
      })
      .execute(),
  );
  return readScript(db, id);
}

/** Saves a draft over the version that the writer saw; published versions stay as they are. */
export async function saveDraft(
  db: ChapterDb,
  id: ScriptId,
  wish: SaveScript,
  seen: number,
): Promise<Result<Script>> {
  const saved = await db.write(async (trx): Promise<Result<null>> => {
    const row = await trx
      .selectFrom('scripts')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return fail(problem('not-found'));
    if (row.version !== seen) return fail(problem('version-changed'));
    await trx
      .updateTable('scripts')
      .set({ name: wish.name, draft: JSON.stringify(wish.draft), version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    return ok(null);
  });
  return saved.ok ? ok(await readScript(db, id)) : saved;
}

/**
 * Makes the draft a version that never changes again, and the campaign's script. `seen` is the
 * draft's version that was on the publisher's screen, when they said so.
 */
export async function publishScript(
  db: ChapterDb,
  id: ScriptId,
  seen: number | null,
  memberId: MemberId,
  means: Means,
): Promise<Result<Script>> {
  const now = means.clock();
  const published = await db.write(async (trx): Promise<Result<null>> => {
    const row = await trx.selectFrom('scripts').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return fail(problem('not-found'));
    if (seen !== null && row.version !== seen) return fail(problem('version-changed'));
    const faults = validateScript(JSON.parse(row.draft) as ScriptBody);
    if (faults.length > 0) {
      return fail(problem('script-not-ready', { reason: faults.map(sayScriptFault).join('; ') }));
    }
    const last = await trx
      .selectFrom('script_versions')
      .select(['number', 'body', 'name'])
      .where('script_id', '=', id)
      .orderBy('number', 'desc')
      .executeTakeFirst();
    if (last === undefined || last.body !== row.draft || last.name !== row.name) {
      await trx
        .insertInto('script_versions')
        .values({
          id: makeId<ScriptVersionId>(now, means.random),
          script_id: id,
          number: (last?.number ?? 0) + 1,
          name: row.name,
          body: row.draft,
          published_by: memberId,
          published_at: now,
        })
        .execute();
    }
    await trx
      .updateTable('campaigns')
      .set({ script_id: id })
      .where('id', '=', row.campaign_id)
      .execute();
    return ok(null);
  });
  return published.ok ? ok(await readScript(db, id)) : published;
}

const selectCurrent = fixedQuery((db) =>
  db
    .selectFrom('script_versions')
    .innerJoin('campaigns', 'campaigns.script_id', 'script_versions.script_id')
    .selectAll('script_versions')
    .orderBy('script_versions.number', 'desc')
    .limit(1),
);

/** The script that canvassers read from now: the campaign's last published version, or none. */
export async function currentScript(db: ChapterDb): Promise<ScriptVersion | null> {
  const [row] = await selectCurrent(db.read, {});
  return row === undefined ? null : toVersion(row);
}
