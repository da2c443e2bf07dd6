import { makeId, type MemberId, type TagId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RollImport } from '#shared/model/roll.ts';
import { DEMO_TERMS } from '#shared/model/rules.ts';
import type { ScriptBody } from '#shared/model/script.ts';
import { EVERYONE } from '#shared/model/universe.ts';
import { cutBoxes } from '#shared/turf/cut-boxes.ts';
import type { Ports } from '../ports.ts';
import { findRollFiles } from '../roll/find-roll-files.ts';
import { importRollFile } from '../roll/import-roll-file.ts';
import { loadPlace } from '../roll/load-place.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { publishTurf } from '../turf/publish-turf.ts';
import { makeTurf } from '../turf/turfs.ts';
import { readUniverseDoors } from '../turf/universe-doors.ts';
import { listUniverses, saveUniverse } from '../turf/universes.ts';
import { listScripts, makeScript, publishScript } from './scripts.ts';
import { addMember, findMember } from './staff-links.ts';

/** A pair walks about this many doors in a shift in town. */
const DOORS_A_TURF = 50;
const TURFS = 4;

export interface Demo {
  /** A folder with a map, a list of addresses and a voter file. */
  readonly dir: string;
  readonly script: { readonly name: string; readonly draft: ScriptBody };
  readonly onStep: (step: 'map' | 'roll' | 'script' | 'turfs') => void;
  readonly onProgress: (state: RollImport) => void;
}

async function loadRoll(db: ChapterDb, demo: Demo, ports: Ports): Promise<Result<null>> {
  const done = await db.read
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'done')
    .executeTakeFirst();
  if (done !== undefined) return ok(null);
  const { place, voters, history } = findRollFiles(demo.dir);
  if (voters === null) return fail(problem('no-voter-file', { path: demo.dir }));
  demo.onStep('map');
  const loaded = await loadPlace(db, place);
  if (!loaded.ok) return loaded;
  demo.onStep('roll');
  const options = { clock: ports.clock, random: ports.random, history, startedBy: 'demo' };
  const imported = await importRollFile(db, voters, options, demo.onProgress);
  if (!imported.ok) return imported;
  const { state, problem: fault } = imported.value;
  if (state === 'done') return ok(null);
  return fail(problem('not-valid', { reason: fault?.text ?? state }));
}

async function writeScript(
  db: ChapterDb,
  demo: Demo,
  adminId: MemberId,
  ports: Ports,
): Promise<Result<unknown>> {
  demo.onStep('script');
  const [before] = await listScripts(db);
  const script = before ?? (await makeScript(db, demo.script, ports));
  return script.published.length > 0
    ? ok(null)
    : publishScript(db, script.id, null, adminId, ports);
}

/** What stays true of somebody for longer than a campaign. */
const TAGS = ['Wants a yard sign', 'Would volunteer', 'Would host a meeting', 'Dog at the door'];

async function makeTags(db: ChapterDb, adminId: MemberId, ports: Ports): Promise<void> {
  await db.write(async (trx) => {
    const before = await trx.selectFrom('tags').select('id').executeTakeFirst();
    if (before !== undefined) return;
    const now = ports.clock();
    const tags = TAGS.map((name) => ({
      id: makeId<TagId>(now, ports.random),
      name,
      version: 1,
      made_by: adminId,
      made_at: now,
      retired_at: null,
    }));
    await trx.insertInto('tags').values(tags).execute();
  });
}

async function cutTurfs(
  db: ChapterDb,
  demo: Demo,
  adminId: MemberId,
  ports: Ports,
): Promise<Result<null>> {
  demo.onStep('turfs');
  const [before] = await listUniverses(db);
  const wish = { name: 'Everyone on the roll', question: EVERYONE };
  const universe = before ?? (await saveUniverse(db, wish, adminId, ports));
  const doors = await readUniverseDoors(db, universe.question, universe.id);
  if (doors.turfs.length > 0) return ok(null);
  const outlines = cutBoxes(doors, TURFS, DOORS_A_TURF);
  for (const [index, outline] of outlines.entries()) {
    const turf = await makeTurf(
      db,
      { universeId: universe.id, name: `Turf ${index + 1}`, outline },
      ports,
    );
    if (!turf.ok) return turf;
    const published = await publishTurf(db, turf.value.id, null, ports);
    if (!published.ok) return published;
  }
  return ok(null);
}

/**
 * Fills a fresh chapter so that it can be tried at once: map, roll, a published script, a universe,
 * a few turfs, and one member for each role of the staff. Begun again after it broke off, it goes on
 * where it stopped; once it is whole, it changes nothing.
 */
export async function loadDemo(db: ChapterDb, demo: Demo, ports: Ports): Promise<Result<null>> {
  if ((await findMember(db, 'research-lead')) !== null) return ok(null);
  const adminId = await findMember(db, 'admin');
  if (adminId === null) throw new Error('A chapter has an admin from its first hour.');
  const roll = await loadRoll(db, demo, ports);
  if (!roll.ok) return roll;
  // Its file says a state; so does the chapter, whose page of rules would say that nobody knows.
  await db.write((trx) =>
    trx
      .updateTable('chapter')
      .set({ region: DEMO_TERMS.state })
      .where('region', 'is', null)
      .execute(),
  );
  const script = await writeScript(db, demo, adminId, ports);
  if (!script.ok) return script;
  await makeTags(db, adminId, ports);
  const turfs = await cutTurfs(db, demo, adminId, ports);
  if (!turfs.ok) return turfs;
  if ((await findMember(db, 'coordinator')) === null) {
    await addMember(db, { name: 'Coordinator', role: 'coordinator' }, ports);
  }
  await addMember(db, { name: 'Research lead', role: 'research-lead' }, ports);
  return ok(null);
}
