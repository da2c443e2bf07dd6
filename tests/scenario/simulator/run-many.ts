import { type MadeChapter, type MadeDoor, makeChapter } from '../make-chapter.ts';
import type { Fault } from './faults.ts';
import type { Mutant } from './mutants.ts';
import { type Outcome, runSchedule } from './run-schedule.ts';

export interface Series {
  readonly schedules: number;
  readonly ops: number;
  readonly events: number;
  readonly fired: ReadonlyMap<Fault, number>;
  readonly failures: readonly Outcome[];
}

/** So many schedules share one chapter's file before it is thrown away. */
const PER_CHAPTER = 250;

async function openChapter(seed: number): Promise<{ made: MadeChapter; foreign: MadeDoor[] }> {
  const made = await makeChapter(seed);
  return { made, foreign: await made.addDoors(2) };
}

/** Runs schedules `first` to `first + count - 1`; stops at the first failure when asked to. */
export async function runMany(
  first: number,
  count: number,
  mutant: Mutant | null = null,
  stopAtFailure = false,
): Promise<Series> {
  const fired = new Map<Fault, number>();
  const failures: Outcome[] = [];
  let [schedules, ops, events] = [0, 0, 0];
  let open: { made: MadeChapter; foreign: MadeDoor[] } | null = null;
  for (let i = 0; i < count; i++) {
    if (open === null || i % PER_CHAPTER === 0) {
      await open?.made.remove();
      open = await openChapter(first + i);
    }
    const outcome = await runSchedule(open.made, open.foreign, first + i, mutant);
    schedules += 1;
    ops += outcome.ops;
    events += outcome.events;
    for (const [fault, times] of outcome.fired) fired.set(fault, (fired.get(fault) ?? 0) + times);
    if (outcome.faults.length === 0) continue;
    failures.push(outcome);
    if (stopAtFailure) break;
  }
  await open?.made.remove();
  return { schedules, ops, events, fired, failures };
}
