import { useRef, useState } from 'react';
import type { Problem } from '#shared/kernel/make-problem.ts';
import type { KeptTurfs } from '#shared/turf/plan/keep-wish.ts';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { callApi } from '../../api/call.ts';
import { publishInTurn } from './publish-in-turn.ts';
import type { PlanWork } from './use-plan.ts';

export interface Publishing {
  /** How many of how many turfs are published by now; null when none are being. */
  readonly at: { readonly done: number; readonly all: number } | null;
  readonly problem: Problem | null;
  /** How many of them are published, before the first that could not be or until it was stopped. */
  readonly publish: (turfs: readonly PlanTurf[]) => Promise<number>;
  /** No further turf is published; those that are stay so. */
  readonly stop: () => void;
  /** Takes back a turf that is published; the server refuses it once somebody has knocked. */
  readonly remove: (turf: PlanTurf) => Promise<boolean>;
}

/** What is done with turfs of the plan at the server: each is kept first, and the plan loaded anew. */
export function usePublish(work: PlanWork): Publishing {
  const [at, setAt] = useState<Publishing['at']>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stopped = useRef(false);

  const publishOne = async (key: string, kept: KeptTurfs): Promise<boolean> => {
    const ifMatch = kept.get(key)?.version;
    const answer = await callApi('POST', `/v1/turfs/${key}/publish`, undefined, { ifMatch });
    if (!answer.ok) setProblem(answer.problem);
    return answer.ok;
  };
  const publishAll = (turfs: readonly PlanTurf[], kept: KeptTurfs): Promise<number> =>
    publishInTurn(
      turfs,
      ({ key }, done) => {
        setAt({ done, all: turfs.length });
        return publishOne(key, kept);
      },
      () => stopped.current,
    );

  return {
    at,
    problem,
    publish: async (turfs) => {
      setProblem(null);
      stopped.current = false;
      setAt({ done: 0, all: turfs.length });
      const kept = await work.keep();
      const published = kept === null ? 0 : await publishAll(turfs, kept);
      if (kept !== null) await work.load();
      setAt(null);
      return published;
    },
    stop: () => {
      stopped.current = true;
    },
    remove: async (turf) => {
      setProblem(null);
      const answer = await callApi('DELETE', `/v1/turfs/${turf.key}`);
      if (!answer.ok) setProblem(answer.problem);
      else await work.load();
      return answer.ok;
    },
  };
}
