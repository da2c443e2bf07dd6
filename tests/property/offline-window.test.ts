import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_NOTES, type OutboxHead } from '../../client/store/outbox-store.ts';
import { NOTE_EVERY, noteTime } from '../../client/sync/note-time.ts';
import { makeServerTime } from '../../client/sync/server-time.ts';

const START = 1_791_036_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const head: OutboxHead = {
  ...NO_NOTES,
  dbEpoch: 'epoch',
  nextSeq: 1,
  lastStamp: null,
  incarnation: 'first',
  clockOffsetMs: 0,
  serverMs: START,
};

/** A phone with no signal: what its disk keeps, and a clock that anybody sets. */
function makePhone() {
  const time = { wall: START, elapsed: 0 };
  const clock = { now: () => time.wall, elapsed: () => time.elapsed };
  const disk = { head };
  const outbox = {
    changeHead: (change: (head: OutboxHead) => Partial<OutboxHead>) => {
      disk.head = { ...disk.head, ...change(disk.head) };
      return Promise.resolve();
    },
  };
  let guess = makeServerTime(clock);
  const step = async () => {
    const now = guess(disk.head);
    await noteTime(outbox, disk.head, now);
    return now;
  };
  const start = (): void => {
    time.elapsed = 0;
    guess = makeServerTime(clock);
  };
  return { time, step, start, disk };
}

const act = fc.record({
  open: fc.integer({ min: 0, max: DAY }),
  closed: fc.integer({ min: 0, max: DAY }),
  /** Null: it stands still from one start to the next. */
  set: fc.option(fc.integer({ min: -400 * DAY, max: DAY })),
  restart: fc.boolean(),
});

test('whatever becomes of the clock, no minute that the app was open is won twice', () =>
  fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const phone = makePhone();
      let [least, lost] = [START, 0];
      for (const { open, closed, set, restart } of acts) {
        if (restart) {
          phone.start();
          lost += NOTE_EVERY;
        }
        phone.time.wall += restart ? closed : 0;
        phone.time.wall = set === null ? START : phone.time.wall + set;
        await phone.step();
        phone.time.elapsed += open;
        least += open;
        const { now, setBack, known } = await phone.step();
        expect(known).toBe(true);
        expect(now).toBeGreaterThanOrEqual(least - lost);
        expect(now).toBeGreaterThanOrEqual(phone.disk.head.seenMs ?? START);
        expect(setBack).toBe(phone.time.wall < now - 10 * MINUTE);
      }
    }),
    { numRuns: 200 },
  ));

test('a clock set ahead by mistake is forgiven by the next word of the server', async () => {
  const { time, step, start, disk } = makePhone();
  time.wall += 300 * DAY;
  await step();
  time.wall = START;
  start();
  expect(await step()).toMatchObject({ now: START + 300 * DAY, setBack: true });
  disk.head = { ...disk.head, serverMs: START + MINUTE, seenMs: null };
  expect(await step()).toMatchObject({ now: START + MINUTE, setBack: false });
});
