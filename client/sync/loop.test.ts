import { expect, test } from 'vitest';
import { failureOf } from '#shared/sync/classify-failure.ts';
import { type LoopState, makeLoop } from './loop.ts';
import { AGAIN, DONE, failedStep, type Step } from './step.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function makeBench(steps: (Step | Error)[], idleMs = 1_000) {
  const timers: { ms: number; run: () => void; off: boolean }[] = [];
  const states: LoopState[] = [];
  let taken = 0;
  const ports = {
    timers: {
      after: (ms: number, run: () => void) => {
        const timer = { ms, run, off: false };
        timers.push(timer);
        return () => {
          timer.off = true;
        };
      },
    },
    roll: () => 0.5,
  };
  const step = (): Promise<Step> => {
    taken += 1;
    const next = steps.shift() ?? DONE;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const loop = makeLoop(step, ports, idleMs, (state) => states.push(state));
  const due = () => timers.filter((timer) => !timer.off).at(-1);
  return { loop, states, due, taken: () => taken };
}

test('it goes on while there is more, then rests until it is woken', async () => {
  const { loop, due, taken } = makeBench([AGAIN, AGAIN, DONE]);
  loop.start();
  await settle();
  expect([taken(), due()?.ms]).toEqual([3, 1_000]);
  loop.wake();
  await settle();
  expect(taken()).toBe(4);
});

test('a failure is waited over longer and longer, and a new fact does not cut that short', async () => {
  const lost = failedStep(failureOf('unreachable'));
  const { loop, due, taken, states } = makeBench([lost, lost, DONE]);
  loop.start();
  await settle();
  expect(due()?.ms).toBe(500);
  loop.wake();
  await settle();
  expect(taken()).toBe(1);
  due()?.run();
  await settle();
  expect(due()?.ms).toBe(1_000);
  expect(states.at(-1)?.failure?.why).toBe('unreachable');
});

test('the button does cut it short, and hears when it is over', async () => {
  const { loop, taken, states } = makeBench([failedStep(failureOf('unreachable')), DONE]);
  loop.start();
  await settle();
  await loop.runNow();
  expect(taken()).toBe(2);
  expect(states.at(-1)).toEqual({ busy: false, failure: null });
});

test('a hint during a try that then fails is worth one more try at once', async () => {
  const lost = failedStep(failureOf('timeout'));
  const { loop, taken } = makeBench([lost, lost, DONE]);
  loop.start();
  await loop.runNow();
  expect(taken()).toBe(2);
});

test('the server may ask for a longer wait', async () => {
  const { loop, due } = makeBench([failedStep(failureOf('busy', null, 9_000))]);
  loop.start();
  await settle();
  expect(due()?.ms).toBe(9_000);
});

test('a storage that fails in the middle stops nothing for good', async () => {
  const { loop, due, states } = makeBench([new Error('gone'), DONE]);
  loop.start();
  await settle();
  expect(states.at(-1)?.failure?.problem.code).toBe('storage-blocked');
  due()?.run();
  await settle();
  expect(states.at(-1)).toEqual({ busy: false, failure: null });
});

test('a loop that was stopped sets no more timers', async () => {
  const { loop, due } = makeBench([]);
  loop.start();
  loop.stop();
  await settle();
  expect(due()).toBeUndefined();
});
