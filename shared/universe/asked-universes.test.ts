import { expect, test } from 'vitest';
import type { UniverseId } from '../kernel/ids.ts';
import type { Step } from '../model/universe-step.ts';
import { askedUniverses } from './asked-universes.ts';

const id = (name: string): UniverseId => name as UniverseId;
const ask = (name: string): Step => ({ how: 'only', who: { kind: 'universe', id: id(name) } });
const AGE: Step = { how: 'only', who: { kind: 'age', min: 18, max: null } };
const saved = (name: string, steps: readonly Step[] | null) => ({ id: id(name), name, steps });

test('what steps ask for is found through others, once each', () => {
  const found = askedUniverses(
    [ask('b'), ask('c')],
    [saved('b', [ask('c')]), saved('c', [AGE]), saved('d', [AGE])],
    id('a'),
  );
  expect(found.ok && [...found.value.keys()]).toEqual(['b', 'c']);
});

test('a universe that would ask for itself is refused by name, near and far', () => {
  for (const [steps, others] of [
    [[ask('a')], []],
    [[ask('b')], [saved('b', [ask('a')])]],
    [[ask('b')], [saved('b', [ask('c')]), saved('c', [AGE, ask('b')])]],
  ] as const) {
    const found = askedUniverses(steps, [saved('a', []), ...others], id('a'));
    expect(!found.ok && found.problem.code).toBe('universe-circle');
  }
});

test('kept people are no circle; a universe that is gone and too many steps are refused', () => {
  expect(askedUniverses([ask('b')], [saved('b', null)], id('a')).ok).toBe(true);
  const gone = askedUniverses([ask('b')], [], null);
  expect(!gone.ok && gone.problem.code).toBe('universe-gone');
  const many = Array.from({ length: 8 }, (_, at) =>
    saved(`u${at}`, at === 0 ? [AGE, AGE] : [ask(`u${at - 1}`), ask(`u${at - 1}`)]),
  );
  const found = askedUniverses([ask('u7')], many, null);
  expect(!found.ok && found.problem.code).toBe('universe-steps');
});
