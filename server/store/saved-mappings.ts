import type { SavedColumn, SavedMapping } from '#shared/model/saved-mapping.ts';
import type { ChapterDb } from './chapter-db.ts';

/** Mappings that a chapter keeps; the oldest make room. */
const MOST = 100;

/** Keeps how a file was read, in place of how such files were read before. */
export async function keepMapping(
  db: ChapterDb,
  { fingerprint, name, columns }: SavedMapping,
  now: number,
): Promise<void> {
  const row = { name, mapping: JSON.stringify(columns), saved_at: now };
  await db.write(async (trx) => {
    await trx
      .insertInto('saved_mappings')
      .values({ fingerprint, ...row })
      .onConflict((held) => held.column('fingerprint').doUpdateSet(row))
      .execute();
    const newest = trx
      .selectFrom('saved_mappings')
      .select('fingerprint')
      .orderBy('saved_at', 'desc')
      .orderBy('fingerprint')
      .limit(MOST);
    await trx.deleteFrom('saved_mappings').where('fingerprint', 'not in', newest).execute();
  });
}

/** All that are kept, newest first. */
export async function listMappings(db: Pick<ChapterDb, 'read'>): Promise<SavedMapping[]> {
  const rows = await db.read
    .selectFrom('saved_mappings')
    .select(['fingerprint', 'name', 'mapping'])
    .orderBy('saved_at', 'desc')
    .orderBy('fingerprint')
    .execute();
  return rows.map(({ fingerprint, name, mapping }) => ({
    fingerprint,
    name,
    columns: JSON.parse(mapping) as SavedColumn[],
  }));
}
