import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpId } from '#shared/kernel/ids.ts';
import { EVERYONE } from '#shared/model/universe.ts';
import { RULE_SCORE } from '#shared/model/duplicate-evidence.ts';
import { findDuplicates } from '#shared/roll/duplicates/find-duplicates.ts';
import { type DuplicateRecord, RecordTable } from '#shared/roll/duplicates/record-table.ts';
import { mergeTwo } from '../../server/roll/merge-two.ts';
import { takeApart } from '../../server/roll/take-apart.ts';
import { selectShared } from '../../server/share/select-shared.ts';
import { askKysely } from '../../server/store/ask-sql.ts';
import { markOptOuts } from '../../server/store/mark-opt-outs.ts';
import { readGroup } from '../../server/store/merged-people.ts';
import { readRollSummary } from '../../server/store/roll-rows.ts';
import { selectUniverse } from '../../server/turf/select-universe.ts';
import { makeSeededRoll } from '../bench/duplicates-roll.ts';
import { RollHarness, type Row } from './roll-harness.ts';

let town: RollHarness;
beforeAll(async () => {
  town = await RollHarness.open();
});
afterAll(() => town.close());

/** As if nobody had decided anything yet; who was ever in a roll stays known. */
async function startAnew(): Promise<void> {
  await town.db.write(async (trx) => {
    for (const table of ['person_merges', 'merged_people', 'opt_outs', 'suppressions'] as const) {
      await trx.deleteFrom(table).execute();
    }
  });
  await town.importRows(roll([]));
}

/** Six people at three doors, of whom an import may leave some out. */
const PEOPLE = 6;
const rowOf = (person: number): Row => [
  `V${person}`,
  `Doe${person}`,
  '40',
  String(1 + 2 * Math.floor(person / 2)),
  'Main St',
  '',
  '42',
  person % 2 === 0 ? 'Y' : '',
  'Y',
];
const roll = (without: readonly number[]): Row[] =>
  Array.from({ length: PEOPLE }, (_, i) => i)
    .filter((person) => !without.includes(person))
    .map(rowOf);

/** Each person by key, as far as they were ever in a roll. */
async function keysOf(): Promise<number[]> {
  const rows = await town.db.read
    .selectFrom('people')
    .select(['key', 'source_id'])
    .orderBy('source_id')
    .execute();
  return rows.map(({ key }) => key);
}

async function merge(keep: number, lose: number, at: number): Promise<boolean> {
  const wish = { keep, lose, how: 'hand', by: null, score: null, evidence: null, at } as const;
  return (await town.db.write((trx) => mergeTwo(trx, wish))).ok;
}

async function part(loser: number): Promise<boolean> {
  return town.db.write(async (trx) => {
    const edge = await trx
      .selectFrom('person_merges')
      .selectAll()
      .where('loser_key', '=', loser)
      .executeTakeFirst();
    if (edge !== undefined) await takeApart(trx, edge, null);
    return edge !== undefined;
  });
}

async function optOut(key: number, at: number): Promise<void> {
  await town.db.write(async (trx) => {
    const op = `0190a0a0-0000-7000-8000-00000000000${key}` as OpId;
    await trx
      .insertInto('opt_outs')
      .values({ person_key: key, op_id: op, at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await markOptOuts(askKysely(trx), at);
  });
}

/** What every reader of the roll shows, by keys. */
async function readers() {
  const { read } = town.db;
  const voted = { ...EVERYONE, elections: ['General 2024', 'Primary 2024'], votedAtLeast: 2 };
  const keys = async (query: ReturnType<typeof selectUniverse>): Promise<number[]> => {
    const rows = await query.select('row.person_key as key').execute();
    return rows.map(({ key }) => key).sort((a, b) => a - b);
  };
  const shared = await selectShared(read, { question: null, consent: null })
    .select('people.key')
    .orderBy('people.key')
    .execute();
  const marks = await read.selectFrom('suppressions').select('mark').execute();
  const asked = await read.selectFrom('opt_outs').select(['person_key', 'op_id']).execute();
  return {
    everybody: await keys(selectUniverse(read, EVERYONE)),
    voters: await keys(selectUniverse(read, voted)),
    shared: shared.map(({ key }) => key),
    people: (await readRollSummary(town.db)).people,
    marks: marks.map(({ mark }) => Buffer.from(mark).toString('hex')).sort(),
    asked: asked.map((row) => `${row.person_key} ${row.op_id}`).sort(),
  };
}

const person = fc.integer({ min: 0, max: PEOPLE - 1 });
const step = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant('merge' as const), a: person, b: person }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: fc.constant('part' as const), a: person }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('wish' as const), a: person }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      without: fc.uniqueArray(person, { maxLength: 3 }),
    }),
    weight: 1,
  },
);

test('whoever is merged, taken apart and left out of rolls is never hidden, nor in a list against a wish', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      await startAnew();
      const keys = await keysOf();
      const at = (one: number): number => keys[one] ?? 0;
      for (const one of steps) {
        const now = town.now + 1;
        if (one.kind === 'merge') await merge(at(one.a), at(one.b), now);
        else if (one.kind === 'part') await part(at(one.a));
        else if (one.kind === 'wish') await optOut(at(one.a), now);
        else await town.importRows(roll(one.without));

        const inRoll = new Set(
          (await town.db.read.selectFrom('voters').select('person_key').execute()).map(
            (row) => row.person_key,
          ),
        );
        const wished = new Set(
          (await town.db.read.selectFrom('opt_outs').select('person_key').execute()).map(
            (row) => row.person_key,
          ),
        );
        const listed = (
          await selectUniverse(town.db.read, EVERYONE).select('row.person_key as key').execute()
        ).map(({ key }) => key);
        const seen = new Set<number>();
        for (const key of keys) {
          if (seen.has(key)) continue;
          const group = await readGroup(town.db.read, key);
          expect(group.edges.length).toBe(group.keys.length - 1);
          for (const each of group.keys) seen.add(each);
          const shown = listed.filter((each) => group.keys.includes(each));
          const wish = group.keys.some((each) => wished.has(each));
          const there = group.keys.some((each) => inRoll.has(each));
          expect(shown.length).toBe(there && !wish ? 1 : 0);
        }
      }
    }),
    { numRuns: 6 },
  );
});

test('a merge that is taken apart leaves every reader as it was, also after the same roll came again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(person, { minLength: 3, maxLength: 3 }),
      fc.option(person, { nil: null }),
      fc.boolean(),
      async (chosen, wisher, again) => {
        await startAnew();
        const keys = await keysOf();
        const [a, b, c] = chosen.map((one) => keys[one] ?? 0) as [number, number, number];
        if (wisher !== null) await optOut(keys[wisher] ?? 0, town.now);
        const before = await readers();
        // Imports are numbered and their number is their hour: the next one comes after this.
        const now = town.now + 1;
        expect(await merge(a, b, now)).toBe(true);
        expect(await merge(c, b, now)).toBe(true);
        expect(await merge(b, a, now)).toBe(false);
        const merged = await readers();
        if (again) {
          await town.importRows(roll([]));
          expect({ ...(await readers()), asked: null }).toEqual({ ...merged, asked: null });
        }
        // b went into a, and then both into c.
        expect(await part(a)).toBe(true);
        expect(await part(b)).toBe(true);
        expect(await readers()).toEqual(before);
      },
    ),
    { numRuns: 6 },
  );
});

const given = fc.constantFrom('ANA', 'EVA', 'JOHN', 'JOAN', 'DARREN', 'DARRYL', 'MARIA', 'MARIO');
const record = (key: number, change: Partial<DuplicateRecord>): DuplicateRecord => ({
  key,
  firstName: 'JOHN',
  middleName: '',
  lastName: 'ROE',
  nameSuffix: '',
  birthYear: 1970,
  age: null,
  sex: null,
  doorKey: 1,
  buildingKey: 1,
  phone: '5550100000',
  email: null,
  ...change,
});
const OTHERS = makeSeededRoll(60, 3).records;
function scoreOf(one: DuplicateRecord, other: DuplicateRecord): number {
  const table = new RecordTable(2026);
  for (const each of OTHERS) table.add({ ...each, key: each.key + 10 });
  table.add(one);
  table.add(other);
  const search = findDuplicates(table, 100);
  for (let next = search.next(); ; next = search.next()) {
    if (next.done !== true) continue;
    const found = next.value.pairs.find(({ low, high }) => low === 1 && high === 2);
    return found?.score ?? 0;
  }
}

test('twins, Jr and Sr and two generations are never what a rule may merge', () => {
  fc.assert(
    fc.property(
      given,
      given,
      fc.integer({ min: 18, max: 45 }),
      fc.boolean(),
      (a, b, years, middle) => {
        const middleName = middle ? 'LEE' : '';
        const one = record(1, { firstName: a, middleName });
        fc.pre(a !== b);
        expect(scoreOf(one, record(2, { firstName: b, middleName }))).toBeLessThan(RULE_SCORE);
        const same = { firstName: a, middleName };
        expect(scoreOf(one, record(2, { ...same, birthYear: 1970 + years }))).toBe(0);
        const unknown = { ...same, birthYear: null, nameSuffix: 'JR' };
        expect(scoreOf(one, record(2, unknown))).toBeLessThan(RULE_SCORE);
        const senior = record(1, { ...same, nameSuffix: 'SR' });
        expect(scoreOf(senior, record(2, { ...same, nameSuffix: 'JR' }))).toBe(0);
        expect(scoreOf(one, record(2, same))).toBeGreaterThanOrEqual(RULE_SCORE);
      },
    ),
    { numRuns: 15 },
  );
});
