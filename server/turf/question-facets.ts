import type { ScriptBody } from '#shared/model/script.ts';
import type { QuestionFacet } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** The questions of published scripts, each as the newest version has it that asks it; newest first. */
export async function readQuestionFacets(db: Pick<ChapterDb, 'read'>): Promise<QuestionFacet[]> {
  const versions = await db.read
    .selectFrom('script_versions')
    .select(['name', 'body'])
    .orderBy('published_at', 'desc')
    .orderBy('number', 'desc')
    .execute();
  const found = new Map<string, QuestionFacet>();
  for (const { name, body } of versions) {
    for (const { id, kind, prompt, options } of (JSON.parse(body) as ScriptBody).questions) {
      if (!found.has(id)) found.set(id, { id, scriptName: name, kind, prompt, options });
    }
  }
  return [...found.values()];
}
