import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { foldTurfReports } from '#shared/canvass/turf-reports.ts';
import type { SaidOfTurf } from '#shared/model/said-of-turf.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { factsOfType } from '../sync/facts-of-type.ts';

/** So many are listed; whoever wants more takes them out. */
const MOST = 500;

/** What walkers said of their turfs at the end, the newest first, of each walker and turf the last. */
export async function listTurfReports(db: ChapterDb): Promise<SaidOfTurf[]> {
  const facts = await factsOfType(db.read, 'turf-report');
  const said = foldTurfReports(facts.map(({ operation }) => operation)).slice(0, MOST);
  if (said.length === 0) return [];
  const members = await db.read.selectFrom('members').select(['id', 'name']).execute();
  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return said.map((fact) => {
    const { problems, rating, note } = fact.payload;
    const { opId, scopeId: turfId, actorId: memberId } = fact;
    const name = nameOf.get(memberId) ?? '';
    return { opId, turfId, memberId, name, at: knockedAt(fact).ms, problems, rating, note };
  });
}
