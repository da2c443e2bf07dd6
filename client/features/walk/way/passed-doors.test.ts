import { expect, test } from 'vitest';
import { Passed } from './passed-doors.ts';

test('a door that was passed over rests for five doors, and is named again after them', () => {
  const passed = new Passed();
  passed.moveTo('4');
  passed.suggest('5');
  expect([...passed.restingAt('6')]).toEqual(['5']);
  passed.moveTo('6');
  for (const door of ['7', '8', '9', '10']) {
    passed.suggest(door);
    expect([...passed.restingAt(door)]).toEqual(['5']);
    passed.moveTo(door);
    expect([...passed.resting()]).toEqual(['5']);
  }
  passed.suggest('11');
  passed.moveTo('11');
  expect([...passed.resting()]).toEqual([]);
});

test('a door that is done after all rests no longer', () => {
  const passed = new Passed();
  passed.moveTo('1');
  passed.suggest('2');
  passed.moveTo('3');
  passed.suggest('4');
  expect([...passed.restingAt('2')]).toEqual(['4']);
  passed.moveTo('2');
  expect([...passed.resting()]).toEqual(['4']);
});
