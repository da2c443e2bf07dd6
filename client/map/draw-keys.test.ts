import { expect, test } from 'vitest';
import { drawAction } from './draw-keys.ts';

const press = (key: string, held: { ctrl?: boolean; shift?: boolean } = {}) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  metaKey: false,
  shiftKey: held.shift ?? false,
});

test('the page undoes what exists; only corners that are not closed yet are taken back here', () => {
  const nothing = { reshaping: false, corners: 0, chosen: null };
  expect(drawAction(press('z', { ctrl: true }), nothing)).toBeNull();
  expect(drawAction(press('z', { ctrl: true }), { ...nothing, corners: 2 })).toEqual({
    kind: 'back',
  });
  expect(
    drawAction(press('z', { ctrl: true, shift: true }), { ...nothing, corners: 2 }),
  ).toBeNull();
  const reshaping = { reshaping: true, corners: 5, chosen: 2 };
  expect(drawAction(press('z', { ctrl: true }), reshaping)).toBeNull();
});

test('arrows pan the map until a corner is chosen', () => {
  const reshaping = { reshaping: true, corners: 5, chosen: null };
  expect(drawAction(press('ArrowUp'), reshaping)).toBeNull();
  expect(drawAction(press('ArrowUp'), { ...reshaping, chosen: 0 })).toEqual({
    kind: 'nudge',
    right: 0,
    down: -8,
  });
});

test('Enter closes three corners and sets the first two', () => {
  const drafting = { reshaping: false, corners: 1, chosen: null };
  expect(drawAction(press('Enter'), drafting)).toEqual({ kind: 'corner' });
  expect(drawAction(press('Enter'), { ...drafting, corners: 3 })).toEqual({ kind: 'close' });
});
