import { expect, test } from 'vitest';
import type { ImportReport } from '#shared/model/roll.ts';
import { flowStages } from './flow-stages.ts';

const report: ImportReport = {
  rows: 100,
  people: 90,
  repeated: 4,
  rejected: 6,
  doors: 40,
  buildings: 30,
  placed: { exact: 70, tolerant: 5, interpolated: 2, given: 0, settled: 3 },
  unplaced: 10,
  added: 90,
  changed: 0,
  same: 0,
  gone: 0,
  rejectedByReason: {},
  unplacedByReason: {},
};

test('what fell out at a step is what the next one is smaller by', () => {
  const stages = flowStages(report);
  expect(stages.map(({ kind, part }) => [kind, part])).toEqual([
    ['rows', 1],
    ['people', 0.9],
    ['doors', 0.9],
    ['places', 0.8],
  ]);
  const lost = stages.flatMap(({ lost }) => lost.map(({ count }) => count));
  expect(lost).toEqual([6, 4, 10]);
});

test('an empty file draws nothing and divides by nothing', () => {
  const none = {
    ...report,
    rows: 0,
    people: 0,
    repeated: 0,
    rejected: 0,
    unplaced: 0,
    placed: { exact: 0, tolerant: 0, interpolated: 0, given: 0 },
  };
  expect(flowStages(none).every(({ part, lost }) => part === 0 && lost.length === 0)).toBe(true);
});
