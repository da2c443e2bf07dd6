import { useMemo, useState } from 'react';
import type { NewTurf } from '#shared/turf/plan/plan.ts';
import { mergeTurfs } from '#shared/turf/plan/merge-turfs.ts';
import { takePrecinct } from '#shared/turf/plan/take-precinct.ts';
import type { DrawnShape } from '../../map/draw-steps.ts';
import type { MapDrawing } from '../../map/map-view.tsx';
import { gripOf } from './grip.ts';
import { editByHand, receiverOf } from './hand-edit.ts';
import { toolOf, type Goal, type Mode, type Stroke } from './modes.ts';
import { pressTurf } from './press-turf.ts';
import type { PlanWork } from './use-plan.ts';

export interface HandWork {
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
  readonly stroke: Stroke;
  readonly setStroke: (stroke: Stroke) => void;
  readonly goal: Goal;
  readonly setGoal: (goal: Goal) => void;
  readonly precinct: string;
  readonly setPrecinct: (name: string) => void;
  /** For the map; null while turfs and doors are pressed. */
  readonly drawing: MapDrawing | null;
  /** The turf whose outline is under the hand. */
  readonly reshaped: string | null;
  readonly onDoor: (index: number | null) => void;
  readonly onTurf: (key: string | null) => void;
  /** The press that was to name the second turf hit none; the first is still chosen. */
  readonly missed: boolean;
  /** One step back out of merging; null when nothing is merged. */
  readonly cancel: (() => void) | null;
  readonly assign: () => void;
  readonly merge: (keys: readonly string[]) => void;
}

export interface HandOptions {
  readonly work: PlanWork;
  /** Keys of the turfs that are chosen. */
  readonly chosen: readonly string[];
  readonly setChosen: (keys: readonly string[]) => void;
  readonly name: () => NewTurf;
}

/** Cutting by hand: what the map's presses and strokes do in each mode. */
export function useHand({ work, chosen, setChosen, name }: HandOptions): HandWork {
  const { plan, doors } = work;
  const [mode, setMode] = useState<Mode>('choose');
  const [stroke, setStroke] = useState<Stroke>('lasso');
  const [goal, setGoal] = useState<Goal>({ to: 'new' });
  const [named, setPrecinct] = useState<string | null>(null);
  const [missed, setMissed] = useState<string | null>(null);
  const precinct = named ?? doors.precincts[0] ?? '';
  const only = chosen.length === 1 ? plan.turfs.find(({ key }) => key === chosen[0]) : undefined;
  const reshaped = mode === 'reshape' && only?.fixed === false ? only : null;
  const grip = useMemo(() => (reshaped === null ? null : gripOf(reshaped)), [reshaped]);
  // The turf that doors go to may have been deleted since.
  const to = goal.to === 'turf' && !plan.turfs.some(({ key }) => key === goal.key) ? null : goal;
  const aim = to ?? ({ to: 'new' } as const);

  const hand = (made: NewTurf) => ({ mode, chosen: only?.key ?? null, goal: aim, grip, made });
  const preview = (shape: DrawnShape | null): void => {
    if (shape === null) return work.preview(null);
    const made = name();
    work.preview((plan, doors) => editByHand(plan, doors, hand(made), shape));
  };
  const finish = (shape: DrawnShape): void => {
    const made = name();
    const edited = work.edit(mode, (plan, doors) => editByHand(plan, doors, hand(made), shape));
    if (edited === null) return;
    if (mode === 'draw') setChosen([made.key]);
    if (mode === 'split') setChosen([]);
    // The next stroke goes where this one went.
    if (mode === 'move' && aim.to === 'new') setGoal({ to: 'turf', key: made.key });
  };
  const merge = (keys: readonly string[]): void => {
    const merged = work.edit('merge', (plan, doors) => mergeTurfs(plan, doors, keys));
    if (merged !== null) setChosen(keys.slice(0, 1));
  };
  const press = (turf: string | null): void => {
    // A published turf takes part in nothing: the next press names the first one anew.
    const first = only?.fixed === false ? only.key : null;
    const pressed = pressTurf(mode, first, turf);
    setMissed(pressed.kind === 'miss' ? first : null);
    if (pressed.kind === 'merge') merge(pressed.keys);
    if (pressed.kind === 'choose') setChosen(pressed.keys);
  };
  const changeMode = (next: Mode): void => {
    work.preview(null);
    work.forget();
    setMissed(null);
    setMode(next);
  };
  const cancel = (): void => {
    if (only === undefined) return changeMode('choose');
    work.forget();
    setMissed(null);
    setChosen([]);
  };
  const tool = toolOf(mode, stroke);
  const drawn = tool !== null && (mode !== 'reshape' || grip !== null);

  return {
    mode,
    setMode: changeMode,
    stroke,
    setStroke,
    goal: aim,
    setGoal,
    precinct,
    setPrecinct,
    reshaped: reshaped?.key ?? null,
    drawing: drawn
      ? {
          key: `${mode}-${reshaped?.key ?? ''}`,
          start: grip?.part ?? null,
          tool,
          onDraft: preview,
          onShape: finish,
          onCancel: () => {
            work.preview(null);
            setMode('choose');
          },
        }
      : null,
    onDoor: (index) => {
      if (index === null) return;
      const at = doors.precincts[doors.precinct[index] ?? -1];
      if (mode === 'precinct') setPrecinct(at ?? precinct);
      else press(plan.shares.firstAt(index) ?? null);
    },
    onTurf: (key) => {
      if (mode !== 'precinct') press(key);
    },
    missed: missed !== null && missed === only?.key,
    cancel: mode === 'merge' ? cancel : null,
    assign: () => {
      const made = name();
      const at = doors.precincts.indexOf(precinct);
      const edited = work.edit('precinct', (plan, doors) =>
        takePrecinct(plan, doors, at, receiverOf(aim, made)),
      );
      if (edited !== null && aim.to === 'new') setChosen([made.key]);
    },
    merge,
  };
}
