import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endFlip } from '../../server/roll/end-flip.ts';
import { settleFlip } from '../../server/roll/settle-flip.ts';
import { inTransaction } from '../../server/store/in-transaction.ts';
import { RollHarness, rolls } from './roll-harness.ts';

let roll: RollHarness;
beforeAll(async () => {
  roll = await RollHarness.open();
});
afterAll(() => roll.close());

test('every row is a person, a repetition or a rejection, and importing again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(rolls, async (rows) => {
      const { report: first } = await roll.importRows(rows);
      const stands = roll.readRoll();
      const { report: again } = await roll.importRows(rows);
      expect(first?.rows).toBe(rows.length);
      if (first === null || again === null) throw new Error('died');
      expect(first.people + first.repeated + first.rejected).toBe(first.rows);
      const { exact, tolerant, interpolated, given } = first.placed;
      expect(exact + tolerant + interpolated + given + first.unplaced).toBe(first.people);
      expect(stands).toHaveLength(first.people);
      expect(again).toMatchObject({ same: first.people, added: 0, changed: 0, moved: 0, gone: 0 });
      expect(roll.readRoll()).toEqual(stands);
    }),
    { numRuns: 40 },
  );
});

test('an import that dies at any moment leaves the old roll or the new one, never a mixture', async () => {
  await fc.assert(
    fc.asyncProperty(rolls, rolls, fc.integer({ min: 0, max: 16 }), async (old, next, dieAt) => {
      await roll.importRows(old);
      const before = roll.readRoll();
      const { id, kind } = await roll.importRows(next, { dieAt });
      const { flip } = roll.sqlite.prepare('select flip from imports where id = ?').get(id) as {
        flip: 'apply' | null;
      };
      if (kind === 'died' && flip === null) {
        expect(roll.readRoll()).toEqual(before);
        return;
      }
      // The new roll stands already: what is left to do is done at the next start.
      if (kind === 'died') {
        await settleFlip(roll.sqlite, 'apply', {
          inTurn: async (work) => inTransaction(roll.sqlite, work),
        });
        await endFlip(roll.db, id, roll.now);
      }
      const after = roll.readRoll();
      await roll.importRows(next);
      expect(roll.readRoll()).toEqual(after);
    }),
    { numRuns: 40 },
  );
});
