import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportId } from '#shared/kernel/ids.ts';
import type { RollFlip } from '#shared/model/roll.ts';
import { DEMO_TERMS } from '#shared/model/rules.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import { RollImports } from '../../server/roll/roll-imports.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import type { PostgresChapterDb } from '../../server/store/postgres-chapter-db.ts';
import { type FlippedDb, flipRoll } from '../../server/store/postgres-roll.ts';
import type { PostgresSession } from '../../server/store/postgres-session.ts';
import { makeApp, type TestApp } from '../api/make-app.ts';

let server: TestApp;
let db: PostgresChapterDb;
let id: ImportId;
const dir = mkdtempSync(join(tmpdir(), 'homeground-killed-'));

const HEADER =
  'Voter File VANID,LastName,FirstName,StreetNo,StreetName,StreetType,City,Zip5,General22';
const FIRST = ['V1,Doe,Jo,100,Alder,Ave,Larkfield,42,P', 'V2,Roe,Al,102,Alder,Ave,Larkfield,42,'];
const NEXT = ['V1,Doe,Jo,104,Alder,Ave,Larkfield,42,P', 'V3,Lee,Bo,106,Alder,Ave,Larkfield,42,'];

beforeAll(async () => {
  server = await makeApp();
  const made: ChapterDb = await server.makeChapter('killed');
  if (made.engine !== 'postgres') throw new Error('This suite is for PostgreSQL.');
  db = made;
  await bring(FIRST);
  id = await bring(NEXT);
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

async function bring(rows: readonly string[]): Promise<ImportId> {
  const path = join(dir, 'roll.csv');
  writeFileSync(path, [HEADER, ...rows, ''].join('\n'));
  const ended = await importRollFile(db, path, { ...server.ports, terms: DEMO_TERMS });
  if (!ended.ok) throw new Error(ended.problem.code);
  return ended.value.id;
}

/** The chapter, whose server ends the connection of a flip before its `dieAt`-th call. */
function dying(dieAt: number): { readonly chapter: FlippedDb; readonly died: () => boolean } {
  let calls = 0;
  const mortal = (session: PostgresSession): PostgresSession =>
    new Proxy(session, {
      get: (target, name) => {
        const act: unknown = Reflect.get(target, name);
        if (typeof act !== 'function') return act;
        return async (...words: unknown[]): Promise<unknown> => {
          if (++calls === dieAt) {
            await target.exec('select pg_terminate_backend(pg_backend_pid())').catch(() => {});
          }
          return Reflect.apply(act, target, words) as Promise<unknown>;
        };
      },
    });
  const use: FlippedDb['server']['use'] = (schema, work) =>
    db.server.use(schema, (session) => work(mortal(session)));
  return { chapter: { schema: db.schema, server: { use } }, died: () => calls >= dieAt };
}

/** The roll that stands, to the last column, with where its people live. */
async function roll(): Promise<unknown> {
  const all = async (table: string, order: string): Promise<unknown[]> =>
    (await sql.raw(`select * from ${table} order by ${order}`).execute(db.read)).rows;
  return [
    await all('voters', 'person_key'),
    await all('voted', 'person_key, election'),
    await all('elections', 'name'),
    await all('universe_rows', 'building_key, door_key, person_key'),
    await all('people', 'key'),
    await all('buildings', 'key'),
  ];
}

const stateOf = async (): Promise<unknown> => {
  const found = await new RollImports(server.ports).find(db, id);
  return { state: found?.state, canUndo: found?.canUndo };
};

/** Kills a flip in each of its steps in turn, as often as it takes until it comes through. */
async function killUntilDone(flip: RollFlip): Promise<number> {
  const [before, stood] = [await roll(), await stateOf()];
  for (let dieAt = 1; ; dieAt++) {
    const { chapter, died } = dying(dieAt);
    const failed = await flipRoll(chapter, id, flip, null).then(
      () => false,
      () => true,
    );
    // What the next server to open the chapter does.
    await new RollImports(server.ports).recover(db);
    const now = await stateOf();
    if (!failed || JSON.stringify(now) !== JSON.stringify(stood)) {
      // It stood already when it died: only the last word was missing.
      expect(await roll()).not.toEqual(before);
      expect(died()).toBe(failed);
      return dieAt;
    }
    expect(await roll()).toEqual(before);
  }
}

test('killed in any step of an apply or an undo, one of the two rolls stands whole, and the next try goes through', async () => {
  const before = await roll();
  expect(await stateOf()).toEqual({ state: 'ready', canUndo: false });
  expect(await killUntilDone('apply')).toBeGreaterThan(7);
  expect(await stateOf()).toEqual({ state: 'done', canUndo: true });
  const after = await roll();
  expect(await killUntilDone('undo')).toBeGreaterThan(7);
  expect(await stateOf()).toEqual({ state: 'ready', canUndo: false });
  expect(await roll()).toEqual(before);
  await flipRoll(db, id, 'apply', null);
  await new RollImports(server.ports).recover(db);
  expect(await roll()).toEqual(after);
  // And the chapter goes on: another roll comes, is compared, and is thrown away.
  const third = await bring(FIRST);
  const ended = await new RollImports(server.ports).cancel(db, third);
  expect(ended?.state).toBe('cancelled');
  expect(await roll()).toEqual(after);
});
