import { type Pace, USUAL_PACE } from './walk-minutes.ts';

/** One knock of a phone, as far as its pace is concerned. */
export interface TimedKnock {
  /** Milliseconds, by whichever clock, the same for one phone. */
  readonly at: number;
  readonly door: number;
  /** Degrees; null when nobody knows where the door is. */
  readonly lon: number | null;
  readonly lat: number | null;
}

export interface LearntPace extends Pace {
  /** Of how many walks it was learnt; 0: it is the usual one. */
  readonly walks: number;
}

/** A longer time between two doors is a pause, and the walk after it another. */
const PAUSE = 20 * 60_000;
/** Fewer doors say little of a walk, fewer walks little of a chapter. */
const LEAST_DOORS = 8;
const LEAST_WALKS = 5;
/** Quicker than this, in minutes a door, nobody walks: a sheet of paper was typed in. */
const TYPED = 0.35;
/** What lies further apart, in metres, was not walked. */
const DRIVEN = 1000;
/** Doors beside each other, and doors with a way between them, in metres. */
const NEAR = 30;
const FAR = 80;
const LEAST_GAPS = 30;
const SLOWEST = 40;
const QUICKEST = 110;
const METRES_PER_DEGREE = 111_320;

interface Gap {
  readonly minutes: number;
  /** Null when it is not known. */
  readonly metres: number | null;
}

/**
 * How fast a chapter walks, out of the knocks of its phones, each phone's oldest first. Metres a
 * minute: by how much longer the time to a door takes when there is a way to it. Minutes a door:
 * of each walk what is left of its time without its pauses and its ways, by door; of all walks the
 * median, so that one strange walk counts no more than any other. The usual pace where there are
 * fewer than five walks of eight doors.
 */
export function learnPace(phones: readonly (readonly TimedKnock[])[]): LearntPace {
  const walks = phones.flatMap(splitWalks);
  if (walks.length < LEAST_WALKS) return { ...USUAL_PACE, walks: 0 };
  const metresAMinute = learnSpeed(walks.flat());
  const minutes = walks.map((gaps) => {
    const ways = gaps.reduce((sum, { metres }) => sum + (metres ?? 0), 0);
    const time = gaps.reduce((sum, gap) => sum + gap.minutes, 0);
    return Math.max(TYPED, (time - ways / metresAMinute) / gaps.length);
  });
  return {
    minutesADoor: Math.round(median(minutes) * 100) / 100,
    metresAMinute,
    walks: walks.length,
  };
}

/** The walks of one phone, each as the gaps before its doors. */
function splitWalks(knocks: readonly TimedKnock[]): Gap[][] {
  const walks: Gap[][] = [];
  let gaps: Gap[] = [];
  const close = (): void => {
    const time = gaps.reduce((sum, { minutes }) => sum + minutes, 0);
    if (gaps.length + 1 >= LEAST_DOORS && time / gaps.length >= TYPED) walks.push(gaps);
    gaps = [];
  };
  let before: TimedKnock | null = null;
  for (const knock of [...knocks].sort((a, b) => a.at - b.at)) {
    // Several people at one door are one stay there: its end is what counts.
    const again: boolean = before !== null && before.door === knock.door;
    if (before !== null && !again) {
      const metres = metresBetween(before, knock);
      if (knock.at - before.at > PAUSE || (metres ?? 0) > DRIVEN) close();
      else gaps.push({ minutes: (knock.at - before.at) / 60_000, metres });
    } else if (before !== null && gaps.length > 0 && knock.at - before.at <= PAUSE) {
      const last = gaps.pop() as Gap;
      gaps.push({ ...last, minutes: last.minutes + (knock.at - before.at) / 60_000 });
    }
    before = knock;
  }
  close();
  return walks;
}

/** What a way costs in time: between doors that are near and doors that are not. */
function learnSpeed(gaps: readonly Gap[]): number {
  const near = gaps.filter(({ metres }) => metres !== null && metres <= NEAR);
  const far = gaps.filter(({ metres }) => metres !== null && metres >= FAR);
  if (near.length < LEAST_GAPS || far.length < LEAST_GAPS) return USUAL_PACE.metresAMinute;
  const more =
    median(far.map(({ minutes }) => minutes)) - median(near.map(({ minutes }) => minutes));
  const way =
    median(far.map(({ metres }) => metres ?? 0)) - median(near.map(({ metres }) => metres ?? 0));
  const speed = more > 0 ? way / more : QUICKEST;
  return Math.round(Math.min(QUICKEST, Math.max(SLOWEST, speed)));
}

function metresBetween(a: TimedKnock, b: TimedKnock): number | null {
  if (a.lon === null || a.lat === null || b.lon === null || b.lat === null) return null;
  const east = (((b.lon - a.lon + 540) % 360) - 180) * Math.cos((a.lat * Math.PI) / 180);
  // Streets have corners: a way is longer than the straight line.
  return 1.25 * METRES_PER_DEGREE * Math.hypot(east, b.lat - a.lat);
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
