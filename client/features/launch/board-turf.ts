import type { TurfId } from '#shared/kernel/ids.ts';
import type { Position } from '#shared/model/geojson.ts';
import type { LaunchRow, TurfHold } from '#shared/model/launch.ts';
import type { Turf } from '#shared/model/turf.ts';
import { metresToOutline } from '#shared/turf/metres-to-outline.ts';
import { TURF_STAGES, type TurfStage, turfStage } from '#shared/turf/turf-stage.ts';

/** A turf as the board shows it at a moment. */
export interface BoardTurf {
  readonly turf: Turf;
  readonly stage: TurfStage;
  /** Who has it now, the earliest first. */
  readonly holds: readonly TurfHold[];
  /** Whose time with it has run out by itself. */
  readonly over: readonly TurfHold[];
  /** Facts that its phones said to have alone. */
  readonly unsent: number;
  readonly pass: number;
  readonly closedAt: number | null;
  /** The turf of the first pass; null: it is that one. */
  readonly firstId: TurfId | null;
  /** The turf of the pass after it. */
  readonly nextId: TurfId | null;
  /** From the place that was asked for; null: none was. */
  readonly metres: number | null;
}

const isRunning = (hold: TurfHold, now: number): boolean => hold.until > now;

/** How the names of those who have a turf stand on the board: each once, however many phones. */
export function namesOf(holds: readonly TurfHold[]): readonly string[] {
  return [...new Set(holds.map(({ memberName }) => memberName))];
}

/** Joins what happened in each turf with who has it. Rows that are not known yet count as nobody's. */
export function joinBoard(
  turfs: readonly Turf[],
  rows: readonly LaunchRow[],
  place: Position | null,
  now: number,
): readonly BoardTurf[] {
  const rowOf = new Map(rows.map((row) => [row.turfId, row]));
  const passes = new Map(rows.map((row) => [`${row.firstId ?? row.turfId} ${row.pass}`, row]));
  return turfs.map((turf) => {
    const row = rowOf.get(turf.id);
    const { pass = 1, closedAt = null, firstId = null } = row ?? {};
    const holds = row?.holds.filter((hold) => isRunning(hold, now)) ?? [];
    const facts = {
      state: row?.state ?? turf.state,
      closedAt,
      heldSince: holds.map(({ from }) => from),
      doors: turf.tally.doors,
      // A stall has one door and is never done by itself.
      remaining: turf.kind === 'stall' ? 1 : turf.tally.remaining,
      lastKnockAt: turf.tally.lastKnockAt,
    };
    return {
      turf,
      stage: turfStage(facts, now),
      holds,
      over: row?.holds.filter((hold) => !isRunning(hold, now)) ?? [],
      unsent: (row?.holds ?? []).reduce((sum, hold) => sum + (hold.unsent ?? 0), 0),
      pass,
      closedAt,
      firstId,
      nextId: passes.get(`${firstId ?? turf.id} ${pass + 1}`)?.turfId ?? null,
      metres: place === null ? null : metresToOutline(place, turf.outline),
    };
  });
}

/** Published, doors left, and nobody has it. */
export function isFree({ stage, holds, turf }: BoardTurf): boolean {
  return (stage === 'ready' || stage === 'paused') && holds.length === 0 && turf.tally.doors > 0;
}

/** Those that can be handed out, the nearest to the place first. */
export function nearestFree(turfs: readonly BoardTurf[]): readonly BoardTurf[] {
  return turfs.filter(isFree).sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0));
}

/** What the board may be narrowed to: stages, and what can be handed out, in whatever stage it is. */
export const BOARD_FILTERS = ['free', ...TURF_STAGES] as const;
export type BoardFilter = (typeof BOARD_FILTERS)[number];

/**
 * True for a turf that is asked for. Without filters passes that are over and that nobody walks are
 * not: they are there for who asks for what is done.
 */
export function isAsked(one: BoardTurf, filters: readonly BoardFilter[]): boolean {
  if (filters.length === 0) return one.closedAt === null || one.holds.length > 0;
  return filters.includes(one.stage) || (filters.includes('free') && isFree(one));
}

export type BoardSort = 'stage' | 'name' | 'left' | 'quiet' | 'near';

/** What is under way comes before what may begin, and that before what is done. */
const BY_STAGE: readonly TurfStage[] = ['walking', 'out', 'paused', 'ready', 'draft', 'done'];

const COMPARE: Readonly<Record<BoardSort, (a: BoardTurf, b: BoardTurf) => number>> = {
  stage: (a, b) => BY_STAGE.indexOf(a.stage) - BY_STAGE.indexOf(b.stage),
  name: () => 0,
  left: (a, b) => b.turf.tally.remaining - a.turf.tally.remaining,
  // Whoever was heard of the longest ago first; those that nobody has come last.
  quiet: (a, b) =>
    Number(a.holds.length === 0) - Number(b.holds.length === 0) ||
    (a.turf.tally.lastKnockAt ?? 0) - (b.turf.tally.lastKnockAt ?? 0),
  near: (a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity),
};

/** In the order that was asked for, and by name where that says nothing: 2 before 10. */
export function sortBoard(
  turfs: readonly BoardTurf[],
  by: BoardSort,
  locale: string,
): readonly BoardTurf[] {
  const names = new Intl.Collator(locale, { numeric: true });
  return [...turfs].sort(
    (a, b) => COMPARE[by](a, b) || names.compare(a.turf.name, b.turf.name) || a.pass - b.pass,
  );
}

/** How many there are of each stage, and how many can be handed out. */
export function countStages(turfs: readonly BoardTurf[]): Readonly<Record<BoardFilter, number>> {
  const counts = Object.fromEntries(BOARD_FILTERS.map((one) => [one, 0])) as Record<
    BoardFilter,
    number
  >;
  for (const one of turfs) {
    counts[one.stage] += 1;
    if (isFree(one)) counts.free += 1;
  }
  return counts;
}
