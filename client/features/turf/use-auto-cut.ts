import { useEffect, useRef, useState } from 'react';
import type { MapLayers } from '#shared/model/place.ts';
import type { WalkPace } from '#shared/model/turf-walk.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Cut, UncutReason } from '#shared/turf/cut/cut.ts';
import { cutDoorsOf } from '#shared/turf/plan/cut-parts.ts';
import { holdingOf, joinParts, type Holding } from '#shared/turf/plan/holding.ts';
import type { NewTurf, Plan, PlanDoors } from '#shared/turf/plan/plan.ts';
import { replaceTurfs } from '#shared/turf/plan/replace-turfs.ts';
import { uncutOf, uncutPart } from '#shared/turf/plan/uncut-of.ts';
import type { CutScope } from './cut-panel.tsx';
import { cutOptions, type CutWish } from './cut-wish.ts';
import { useCut, type Cutting } from './use-cut.ts';
import type { PlanWork } from './use-plan.ts';

export interface AutoCut {
  readonly cutting: Cutting;
  readonly scope: CutScope;
  readonly setScope: (scope: CutScope) => void;
  /** Turfs that are cut anew in this scope. */
  readonly replaced: readonly string[];
  /** Doors that are shared out in this scope. */
  readonly doors: number;
  /** Doors that the last cut could not share out, by why. */
  readonly leftOut: ReadonlyMap<UncutReason, number>;
  readonly run: () => void;
  /** Stops here: the early cut stands. */
  readonly takeEarly: () => void;
  readonly cancel: () => void;
}

export interface AutoCutOptions {
  readonly work: PlanWork;
  readonly layers: MapLayers;
  readonly pace: WalkPace | null;
  readonly chosen: readonly string[];
  readonly wish: CutWish;
  readonly name: (plan: Plan) => (place: number) => NewTurf;
  /** The keys of the turfs that a cut made, and what it shared out. */
  readonly onDone: (made: readonly string[], scope: CutScope) => void;
}

const NONE: ReadonlyMap<UncutReason, number> = new Map();

/** The automatic cut of what is uncut, of all drafts, or of the turfs that are chosen. */
export function useAutoCut(options: AutoCutOptions): AutoCut {
  const { work, layers, pace, chosen, wish } = options;
  const { plan, doors } = work;
  const cutting = useCut();
  // A cut takes seconds in which the plan may have been edited.
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  /** Ends the cut that runs as it was asked for, whatever has been chosen since. */
  const settleRunning = useRef<((found: Cut) => void) | null>(null);
  const [wanted, setScope] = useState<CutScope | null>(null);
  const [leftOut, setLeftOut] = useState(NONE);
  const drafts = plan.turfs.filter(({ fixed }) => !fixed);
  const picked = drafts.filter(({ key }) => chosen.includes(key));
  const scope = scopeOf(wanted, plan.uncut.doors, drafts.length, picked.length);
  const cut = scope === 'uncut' ? [] : scope === 'drafts' ? drafts : picked;
  const replaced = cut.map(({ key }) => key);
  const free = scope === 'chosen' ? 0 : plan.uncut.doors;

  const run = (): void => {
    const order = {
      doors: cutDoorsOf(doors, freeIn(plan, doors, replaced, scope !== 'chosen')),
      layers: { streets: layers.streets, water: layers.water, rail: layers.rail },
      barriers: wish.barriers,
      options: cutOptions(wish, pace),
    };
    settleRunning.current = settle;
    cutting.start(order, {
      onEarly: (cut) => latest.current.work.preview(editOf(cut, () => {})),
      onDone: settle,
    });
  };

  /** Puts a cut into the plan as it is by now. */
  const editOf =
    (found: Cut, made: (key: string) => void) =>
    (plan: Plan, doors: PlanDoors): Result<Plan> => {
      const named = latest.current.name(without(plan, replaced));
      return replaceTurfs(plan, doors, replaced, found.turfs, (place) => {
        const turf = named(place);
        made(turf.key);
        return turf;
      });
    };

  const settle = (found: Cut): void => {
    const reasons = new Map<UncutReason, number>();
    for (const { id, reason } of found.uncut) {
      const of = id.includes(':') ? 1 : (doors.doors[Number(id)] ?? 1);
      reasons.set(reason, (reasons.get(reason) ?? 0) + of);
    }
    const { work, onDone } = latest.current;
    const made: string[] = [];
    const after = work.edit(
      'cut',
      editOf(found, (key) => made.push(key)),
    );
    if (after === null) return;
    setLeftOut(reasons);
    // Whoever does not like it turns a knob and cuts the same doors again.
    if (scope === 'uncut') setScope('drafts');
    onDone(made, scope);
  };
  return {
    cutting,
    scope,
    setScope,
    replaced,
    doors: free + cut.reduce((sum, { counts }) => sum + counts.doors, 0),
    leftOut,
    run,
    takeEarly: () => {
      const { early } = cutting;
      if (early === null) return;
      cutting.cancel();
      settleRunning.current?.(early);
    },
    cancel: () => {
      cutting.cancel();
      latest.current.work.preview(null);
    },
  };
}

/** What was asked for where there is something of it; else what is uncut, and after that all drafts. */
function scopeOf(wanted: CutScope | null, uncut: number, drafts: number, picked: number): CutScope {
  if (wanted === 'chosen' && picked > 0) return 'chosen';
  if (wanted === 'drafts' && drafts > 0) return 'drafts';
  return wanted !== 'uncut' && uncut === 0 && drafts > 0 ? 'drafts' : 'uncut';
}

function without(plan: Plan, keys: readonly string[]): Plan {
  const gone = new Set(keys);
  return { ...plan, turfs: plan.turfs.filter(({ key }) => !gone.has(key)) };
}

/** What is shared out: what some turfs hold and, when asked for, what is in no turf. */
function freeIn(plan: Plan, doors: PlanDoors, keys: readonly string[], uncutToo: boolean): Holding {
  const free = new Map(
    uncutToo ? uncutOf(plan, doors).map((index) => [index, uncutPart(plan, doors, index)]) : [],
  );
  for (const turf of plan.turfs.filter(({ key }) => keys.includes(key))) {
    for (const [index, part] of holdingOf(turf)) {
      const own = free.get(index);
      free.set(index, own === undefined ? part : joinParts(doors, index, own, part));
    }
  }
  return free;
}
