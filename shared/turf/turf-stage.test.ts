import { expect, test } from 'vitest';
import { PAUSED_AFTER, type StageFacts, turfStage } from './turf-stage.ts';

const NOW = 1_000 * PAUSED_AFTER;
const FRESH: StageFacts = {
  state: 'published',
  closedAt: null,
  heldSince: [],
  doors: 40,
  remaining: 40,
  lastKnockAt: null,
};
const at = (change: Partial<StageFacts>, now = NOW) => turfStage({ ...FRESH, ...change }, now);

test.each([
  ['a draft stays one, whatever its doors say', { state: 'draft', remaining: 0 }, 'draft'],
  ['nobody has it and nobody has begun', {}, 'ready'],
  ['somebody has it and has not knocked', { heldSince: [NOW - 5] }, 'out'],
  ['knocks come in', { heldSince: [NOW - 9], remaining: 20, lastKnockAt: NOW - 5 }, 'walking'],
  ['a partner has only just joined', { heldSince: [9, NOW], lastKnockAt: NOW - 5 }, 'walking'],
  ['no knock for a while', { heldSince: [9], lastKnockAt: NOW - PAUSED_AFTER }, 'paused'],
  ['begun and given back', { remaining: 20, lastKnockAt: NOW - 5 }, 'paused'],
  [
    'begun on Saturday, handed out anew on Sunday',
    { heldSince: [9, NOW - 5], remaining: 20, lastKnockAt: 100 },
    'out',
  ],
  ['no door remains, a phone still has it', { heldSince: [9], remaining: 0 }, 'done'],
  ['the next pass took its place', { closedAt: 5, heldSince: [9], lastKnockAt: NOW }, 'done'],
  ['published without a door, as a roll may leave it', { doors: 0, remaining: 0 }, 'ready'],
] as const)('%s', (_, change, stage) => {
  expect(at(change)).toBe(stage);
});
