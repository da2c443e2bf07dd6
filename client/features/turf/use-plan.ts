import { useEffect, useMemo, useRef, useState } from 'react';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { Problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeepPlan, KeptPlan, PlanSize } from '#shared/model/turf-plan.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { noteEdit, redo, startHistory, undo, type History } from '#shared/turf/plan/history.ts';
import { keptAfter, keptAtFirst, wishOf, type KeptTurfs } from '#shared/turf/plan/keep-wish.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import type { Plan, PlanDoors } from '#shared/turf/plan/plan.ts';
import { startPlan } from '#shared/turf/plan/start-plan.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { layOver } from './lay-over.ts';

/** What the chapter has: the turfs of a universe and its doors. */
export interface PlanSource {
  readonly turfs: readonly Turf[];
  readonly columns: UniverseDoors;
}

type Edit = (plan: Plan, doors: PlanDoors) => Result<Plan>;

export interface PlanWork {
  readonly doors: PlanDoors;
  /** As it is now, kept or not. */
  readonly plan: Plan;
  /** The plan, or what it would be if the hand let go. */
  readonly shown: Plan;
  /** Turfs that are others than the chapter's; those that are gone count too. */
  readonly unkept: number;
  /** The size that turfs are asked for in is another than the chapter's. */
  readonly sizeUnkept: boolean;
  /** Work of before the page was loaded anew has been taken up. */
  readonly takenUp: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** The chapter has refused the plan: it has other turfs by now. */
  readonly refused: boolean;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Shows what an edit would do; null shows the plan again. */
  readonly preview: (edit: Edit | null) => void;
  /** Makes an edit; null when it could not be made, with the problem shown. */
  readonly edit: (name: string, edit: Edit) => Plan | null;
  /** Sends all that is not kept; gives the versions of the turfs then, null when it was refused. */
  readonly keep: () => Promise<KeptTurfs | null>;
  /**
   * Takes what the chapter has now, and lays what is not kept over it. Turfs that somebody else
   * changed meanwhile are as they have them; gives their names, null when nothing could be loaded.
   */
  readonly load: () => Promise<readonly string[] | null>;
  readonly forget: () => void;
}

interface Session {
  readonly doors: PlanDoors;
  readonly history: History;
  readonly kept: KeptTurfs;
}

const SAVE_AFTER_MS = 400;
/** Ids of buildings and names of turfs; nobody who lives there. */
const draftOf = (universeId: string): string => `turf-plan ${universeId}`;
/** No turf is another than the chapter's. */
const NOTHING: KeepPlan = { turfs: [], removed: [] };
/** Problems of a plan that was made of turfs as they no longer are. */
const REFUSALS = new Set(['turf-taken-over', 'building-in-two-turfs', 'turf-fixed', 'not-found']);

function begin({ turfs, columns }: PlanSource): Session {
  const doors = planDoorsOf(columns);
  const plan = startPlan(doors, columns, turfs);
  return { doors, history: startHistory(plan), kept: keptAtFirst(plan, turfs) };
}

/** The same with work that is not kept laid over it, which one undo takes away again. */
function layWork(session: Session, work: KeepPlan | null, theirs: ReadonlySet<string>): Session {
  if (work === null) return session;
  const { doors, history } = session;
  const plan = layOver(history.now, doors, work, theirs);
  return { ...session, history: noteEdit(history, plan, 'take-up') };
}

/** Which size is wished for now, and which the chapter has; undefined: none that can be kept. */
export interface PlanSizes {
  readonly wished: PlanSize | undefined;
  readonly kept: PlanSize | undefined;
}

/** Planning the turf of one universe: edits with undo, and one wish that keeps them all, and the size they were cut to. */
export function usePlan(universeId: string, source: PlanSource, sizes: PlanSizes): PlanWork {
  const [draft] = useState(() => readTabDraft<KeepPlan>(draftOf(universeId)));
  const [session, setSession] = useState(() => layWork(begin(source), draft, new Set()));
  const [tried, setTried] = useState<{ readonly of: Plan; readonly plan: Plan } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState(false);
  const { doors, history, kept } = session;
  const plan = history.now;
  const work = useMemo(() => wishOf(kept, plan, doors), [kept, plan, doors]);
  const size = sizes.wished;
  const [keptSize, setKeptSize] = useState(sizes.kept);
  // A universe without turfs has no plan with which a size could be kept.
  const sizeUnkept =
    kept.size > 0 && size !== undefined && canonicalJson(size) !== canonicalJson(keptSize);
  useKeptDraft(universeId, work);

  const step = (next: History): void => {
    setTried(null);
    setProblem(null);
    setSession((now) => ({ ...now, history: next }));
  };
  const fetchAll = async (): Promise<Result<PlanSource>> => {
    const turfs = await callApi<readonly Turf[]>('GET', `/v1/turfs?universe=${universeId}`);
    if (!turfs.ok) return turfs;
    const columns = await callApi<UniverseDoors>('GET', `/v1/universes/${universeId}/doors`);
    return columns.ok ? ok({ turfs: turfs.value, columns: columns.value }) : fail(columns.problem);
  };

  return {
    doors,
    plan,
    shown: tried?.of === plan ? tried.plan : plan,
    unkept: work === null ? 0 : work.turfs.length + work.removed.length,
    sizeUnkept,
    takenUp: draft !== null,
    busy,
    problem,
    refused: refused && problem !== null,
    forget: () => setProblem(null),
    undo: history.past === null ? null : () => step(undo(history)),
    redo: history.future === null ? null : () => step(redo(history)),
    preview: (edit) => {
      const would = edit === null ? null : edit(plan, doors);
      setTried(would?.ok === true ? { of: plan, plan: would.value } : null);
    },
    edit: (name, edit) => {
      const edited = edit(plan, doors);
      setTried(null);
      setRefused(false);
      setProblem(edited.ok ? null : edited.problem);
      if (!edited.ok) return null;
      setSession((now) => ({ ...now, history: noteEdit(history, edited.value, name) }));
      return edited.value;
    },
    keep: async () => {
      if (work === null && !sizeUnkept) return kept;
      const changed = work ?? NOTHING;
      setBusy(true);
      const wish = size === undefined ? changed : { ...changed, size };
      const answer = await callApi<KeptPlan>('PUT', `/v1/universes/${universeId}/plan`, wish);
      setBusy(false);
      setProblem(answer.ok ? null : answer.problem);
      setRefused(!answer.ok && REFUSALS.has(answer.problem.code));
      if (!answer.ok) return null;
      if (size !== undefined) setKeptSize(size);
      const after = keptAfter(kept, changed, plan, answer.value);
      setSession((now) => ({ ...now, kept: after }));
      return after;
    },
    load: async () => {
      setBusy(true);
      const found = await fetchAll();
      setBusy(false);
      setProblem(found.ok ? null : found.problem);
      if (!found.ok) return null;
      const mine = new Set<string>(work?.turfs.map(({ id }) => id));
      const theirs = found.value.turfs.filter(({ id, version }) => {
        const seen = kept.get(id)?.version;
        return mine.has(id) && seen !== undefined && seen !== version;
      });
      setTried(null);
      setSession(layWork(begin(found.value), work, new Set(theirs.map(({ id }) => id))));
      return theirs.map(({ name }) => name);
    },
  };
}

/** Writes what is not kept to the tab, a moment after the last edit and when the page is left. */
function useKeptDraft(universeId: string, work: KeepPlan | null): void {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
    const later = setTimeout(() => writeTabDraft(draftOf(universeId), work), SAVE_AFTER_MS);
    return () => clearTimeout(later);
  }, [universeId, work]);
  useEffect(() => {
    const leave = (): void => writeTabDraft(draftOf(universeId), latest.current);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [universeId]);
}
