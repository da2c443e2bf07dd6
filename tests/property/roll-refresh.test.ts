import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportId } from '#shared/kernel/ids.ts';
import { endFlip } from '../../server/roll/end-flip.ts';
import { settleFlip } from '../../server/roll/settle-flip.ts';
import { inTransaction } from '../../server/store/in-transaction.ts';
import { RollHarness, rolls } from './roll-harness.ts';

let roll: RollHarness;
beforeAll(async () => {
  roll = await RollHarness.open();
});
afterAll(() => roll.close());

test('from one roll to another and back is the first one', async () => {
  await fc.assert(
    fc.asyncProperty(rolls, rolls, async (a, b) => {
      await roll.importRows(a);
      const before = roll.readRoll();
      await roll.importRows(b);
      await roll.importRows(a);
      expect(roll.readRoll()).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test('a roll waits without a trace; taken back after it was applied, the one before is back to the letter', async () => {
  await fc.assert(
    fc.asyncProperty(rolls, rolls, fc.integer({ min: 0, max: 8 }), async (a, b, dieAt) => {
      await roll.importRows(a);
      const before = roll.readExactly();
      const { id, kind, report } = await roll.importRows(b, { atOnce: false });
      expect(kind).toBe('ready');
      expect(roll.readExactly()).toEqual(before);
      const { added, changed, moved = 0, same, gone, people } = report ?? ({} as never);
      expect(added + changed + moved + same).toBe(people);
      expect(changed + moved + same + gone).toBe(
        roll.lines('select person_key as line from voters').length,
      );
      await roll.flip(id, 'apply');
      const after = roll.readExactly();
      // Both ways may break off at any moment and are brought to their end at the next start.
      for (const [flip, expected] of [
        ['undo', before],
        ['apply', after],
        ['undo', before],
      ] as const) {
        if (!(await roll.flip(id, flip, dieAt)) && flipOf(id) !== null) {
          await settleFlip(roll.sqlite, flip, {
            inTurn: async (work) => inTransaction(roll.sqlite, work),
          });
          await endFlip(roll.db, id, roll.now);
        } else if (dieAt === 0) await roll.flip(id, flip);
        expect(roll.readExactly()).toEqual(expected);
      }
      await roll.discard(id);
      expect(roll.readExactly()).toEqual(before);
    }),
    { numRuns: 15 },
  );
});

function flipOf(id: ImportId): string | null {
  const row = roll.sqlite.prepare('select flip from imports where id = ?').get(id);
  return (row as { flip: string | null }).flip;
}

test('no sequence of rolls touches what was learnt at a door or brings back who asked to be left alone', async () => {
  const { sqlite } = roll;
  const step = fc.record({
    rows: rolls,
    what: fc.constantFrom('at once', 'apply', 'undo', 'undo and apply', 'throw away'),
  });
  await roll.importRows([['A1', 'Doe', '40', '1', 'Main St', '', '42', '', '']]);
  const { key } = sqlite.prepare(`select key from people where source_id = 'A1'`).get() as {
    key: number;
  };
  sqlite.exec(`insert or ignore into opt_outs (person_key, op_id, at) values (${key}, 'x', 1);
    insert or ignore into door_opt_outs (door_key, op_id, at)
      select door_key, 'y', 1 from people where key = ${key};
    insert into people (id, kind, source_id, door_key) select 'r', 'resident', null, door_key
      from people where key = ${key};
    insert into residents (person_key, first_name, last_name, op_id)
      select key, 'Ana', 'Ruiz', 'z' from people where id = 'r'`);
  const learnt = (): string[] => [
    ...roll.lines(`select json_array(p.id, o.op_id, o.at) as line from opt_outs o
      join people p on p.key = o.person_key where o.op_id <> ''`),
    ...roll.lines(`select json_array(d.id, o.op_id, o.at) as line from door_opt_outs o
      join doors d on d.key = o.door_key`),
    ...roll.lines(`select json_array(p.id, d.id, r.first_name, r.last_name) as line from residents r
      join people p on p.key = r.person_key join doors d on d.key = p.door_key`),
  ];
  /** All but who asked to be left alone, and where they live. */
  const known = (): string[] =>
    roll.lines(`select p.id || d.id || b.id as line from buildings b
      left join doors d on d.building_key = b.key left join people p on p.door_key = d.key
      where b.key not in (select e.building_key from opt_outs o join people q on q.key = o.person_key
        join doors e on e.key = q.door_key)`);
  const before = learnt();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      for (const { rows, what } of steps) {
        const stood = known();
        const { id } = await roll.importRows(rows, { atOnce: what === 'at once' });
        if (what === 'throw away') {
          await roll.discard(id);
          // Nobody is left of a roll that never stood.
          expect(known().filter((line) => !stood.includes(line))).toEqual([]);
        }
        if (what !== 'at once' && what !== 'throw away') await roll.flip(id, 'apply');
        if (what.startsWith('undo')) await roll.flip(id, 'undo');
        if (what === 'undo') await roll.discard(id);
        if (what === 'undo and apply') await roll.flip(id, 'apply');
        expect(learnt()).toEqual(before);
      }
    }),
    { numRuns: 15 },
  );
});
