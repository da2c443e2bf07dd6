import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { holdsAfter } from '#shared/universe/holds.ts';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { openSqlite, type Sqlite } from '../../server/store/sqlite.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import type { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';
import { askUniverse } from '../../server/turf/ask-universe.ts';
import { startOf } from '../../server/turf/condition-sql.ts';
import { countUniverse } from '../../server/turf/count-universe.ts';
import { ensureField } from '../../server/turf/field-facts.ts';
import { selectUniverse } from '../../server/turf/select-universe.ts';
import {
  HERE,
  KEPT,
  LAYER,
  NESTED,
  NOW,
  readPeople,
  town,
  type Town,
  writeDeeds,
  writeRoll,
} from './universe-town.ts';

const ZONE = 'Pacific/Auckland';
let dir: string;
let registry: SqliteRegistry;
let db: SqliteChapterDb;
let sqlite: Sqlite;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'homeground-universe-'));
  registry = SqliteRegistry.open(dir);
  const random = seededBytes(seededDice(3));
  const wish = { slug: 'universes', name: 'U', timeZone: ZONE, campaign: 'C', demo: false };
  const made = await createChapter(wish, { registry, clock: () => NOW, random });
  if (!made.ok || made.value.db.engine !== 'sqlite') throw new Error('no chapter');
  db = made.value.db;
  sqlite = openSqlite(db.path);
  sqlite.exec(`pragma foreign_keys = off; update campaigns set id = '${HERE}'`);
});
afterAll(async () => {
  sqlite.close();
  await registry.close();
  rmSync(dir, { recursive: true, force: true });
});

const around = (nested: Town['nested']) => ({
  now: NOW,
  campaign: HERE,
  timeZone: ZONE,
  universes: new Map([
    [NESTED, nested],
    [KEPT, null],
  ]),
  layers: new Set<string>([LAYER]),
  startOf: (day: string) => startOf(day, ZONE),
});

const FIELD = ['field_people', 'field_doors', 'field_answers', 'field_tags'] as const;
const readField = (): unknown[] =>
  FIELD.map((table) =>
    sqlite
      .prepare(`select * from ${table} order by 1, 2, ${table === 'field_answers' ? 3 : 2}`)
      .all(),
  );

test('SQL selects and counts, step by step, whom the words of a universe mean', async () => {
  await fc.assert(
    fc.asyncProperty(town, async (one) => {
      writeRoll(sqlite, one);
      writeDeeds(sqlite, one, 0);
      await ensureField(db);
      writeDeeds(sqlite, one, 1);
      const ready = await askUniverse(db, { v: 2, steps: one.steps }, { own: null, now: NOW });
      if (!ready.ok) throw new Error(ready.problem.code);

      const known = readPeople(one).map((who) => ({
        ...who,
        after: holdsAfter(one.steps, who.person, around(one.nested)),
      }));
      const meant = known.filter(({ after }) => after.at(-1) ?? true);
      const rows = await selectUniverse(db.read, ready.value).select('row.person_key').execute();
      expect(rows.map((row) => row.person_key).sort((a, b) => a - b)).toEqual(
        meant.map(({ key }) => key),
      );

      const count = (all: typeof known) => ({
        people: all.length,
        doors: new Set(all.map(({ door }) => door)).size,
      });
      const steps = one.steps.map((_, at) =>
        count(known.filter(({ after }) => after[at] === true)),
      );
      const { placed } = { placed: count(meant.filter(({ isPlaced }) => isPlaced)).doors };
      expect(await countUniverse(db, ready.value)).toEqual({ ...count(meant), placed, steps });

      // What was folded as it came is what is folded from the start.
      await ensureField(db);
      const folded = readField();
      sqlite.exec('delete from field_of');
      await ensureField(db);
      expect(readField()).toEqual(folded);
    }),
    { numRuns: 25 },
  );
});
