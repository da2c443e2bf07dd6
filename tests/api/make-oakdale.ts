import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { makeWalk, type Walk } from './make-walk.ts';

/** A server with one chapter, a phone that walks its turf, and a coordinator at the desk. */
export interface Oakdale {
  readonly server: TestApp;
  readonly db: ChapterDb;
  readonly walk: Walk;
  readonly desk: { headers: { cookie: string } };
}

/** Makes it anew, the same each time; `server.close()` takes it away. */
export async function makeOakdale(): Promise<Oakdale> {
  const server = await makeApp();
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const walk = await makeWalk(server, db);
  const desk = await server.staff(db, 'coordinator');
  return { server, db, walk, desk };
}
