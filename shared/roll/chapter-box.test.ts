import { expect, test } from 'vitest';
import { ChapterBox } from './chapter-box.ts';

test('coordinates far from the chapter are put right the other way round, or left out', () => {
  const box = new ChapterBox();
  expect(box.mend({ lon: 12, lat: 12 })).toBe(null);
  box.add(-71.1, 42.3);
  box.add(null, null);
  box.add(-71.2, 42.4);
  expect(box.mend({ lon: -70.9, lat: 42.1 })).toBe(null);
  expect(box.mend({ lon: null, lat: null })).toBe(null);
  expect(box.mend({ lon: 42.3, lat: -71.1 })).toMatchObject({
    lon: -71.1,
    reason: 'place-swapped',
  });
  // A minus that was lost, and another state.
  expect(box.mend({ lon: 71.1, lat: 42.3 })).toMatchObject({ lon: null, reason: 'place-far' });
  expect(box.mend({ lon: -118, lat: 34 })).toMatchObject({ lat: null, reason: 'place-far' });
});
