import { expect, test } from 'vitest';
import { publishInTurn } from './publish-in-turn.ts';

test('whoever stops it half way has the turfs that are published by then, and no further one', async () => {
  const published: string[] = [];
  let stopped = false;
  const publish = (turf: string): Promise<boolean> => {
    published.push(turf);
    stopped = turf === 'b';
    return Promise.resolve(true);
  };
  expect(await publishInTurn(['a', 'b', 'c'], publish, () => stopped)).toBe(2);
  expect(published).toEqual(['a', 'b']);
});

test('one that cannot be published ends it, and those before it are counted', async () => {
  const publish = (turf: string): Promise<boolean> => Promise.resolve(turf !== 'b');
  expect(await publishInTurn(['a', 'b', 'c'], publish, () => false)).toBe(1);
  expect(await publishInTurn(['a', 'c'], publish, () => false)).toBe(2);
});
