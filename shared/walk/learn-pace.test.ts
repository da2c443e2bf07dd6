import { expect, test } from 'vitest';
import { learnPace, type TimedKnock } from './learn-pace.ts';
import { USUAL_PACE } from './walk-minutes.ts';

/** A walk of doors 20 metres apart, every fifth 150: so many minutes a door, so many metres a minute. */
function walkOf(doors: number, minutesADoor: number, metresAMinute: number): TimedKnock[] {
  let [at, lon] = [0, -50];
  return Array.from({ length: doors }, (_, i) => {
    const metres = i % 5 === 0 ? 150 : 20;
    at += (minutesADoor + (1.25 * metres) / metresAMinute) * 60_000;
    lon += metres / 111_320;
    return { at, door: i, lon, lat: 0 };
  });
}

test('minutes a door and metres a minute are learnt apart', () => {
  const pace = learnPace(Array.from({ length: 12 }, () => walkOf(41, 3, 60)));
  expect(pace.walks).toBe(12);
  expect(pace.metresAMinute).toBeGreaterThan(57);
  expect(pace.metresAMinute).toBeLessThan(63);
  expect(pace.minutesADoor).toBeCloseTo(3, 1);
});

test('pauses, typed sheets, drives and one strange walk change little', () => {
  const plain = Array.from({ length: 9 }, () => walkOf(41, 3, 60));
  const lunch = walkOf(41, 3, 60).map((knock, i) => ({
    ...knock,
    at: knock.at + (i > 20 ? 50 * 60_000 : 0),
  }));
  const typed = walkOf(41, 3, 60).map((knock, i) => ({ ...knock, at: i * 5000 }));
  const drive = walkOf(41, 3, 60).map((knock, i) => ({
    ...knock,
    lon: (knock.lon ?? 0) + (i > 20 ? 0.2 : 0),
  }));
  const strange = walkOf(41, 11, 60);
  const pace = learnPace([...plain, lunch, typed, drive, strange]);
  expect(pace.minutesADoor).toBeCloseTo(3, 1);
  // Lunch and drive cut a walk in two; what was typed in is none.
  expect(pace.walks).toBe(9 + 2 + 2 + 1);
});

test('several people at one door are one stay there', () => {
  const twice = walkOf(21, 3, 60).flatMap((knock) => [knock, { ...knock, at: knock.at + 60_000 }]);
  const pace = learnPace(Array.from({ length: 6 }, () => twice));
  expect(pace.minutesADoor).toBeGreaterThan(2.8);
  expect(pace.minutesADoor).toBeLessThan(3.2);
});

test('too little is no pace: the usual one stands', () => {
  expect(learnPace([])).toEqual({ ...USUAL_PACE, walks: 0 });
  expect(learnPace([walkOf(7, 3, 60), walkOf(41, 3, 60)])).toEqual({ ...USUAL_PACE, walks: 0 });
});
