import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { LayerDraft } from '#shared/model/layer.ts';
import { callApi } from '../../api/call.ts';

const EVERY_MS = 500;
const AFTER_FAILURE_MS = 3000;

export function isAtWork({ state }: LayerDraft): boolean {
  return state === 'matching' || state === 'keeping';
}

/** Follows a file that the server works on until it is done with it; leaving does not stop it. */
export function useDraft(
  start: LayerDraft,
  onEnd: (ended: LayerDraft) => void,
): { readonly now: LayerDraft; readonly problem: Problem | null } {
  const [now, setNow] = useState(start);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { id } = start;
  useEffect(() => {
    let timer: number | undefined;
    let gone = false;
    const ask = async (): Promise<void> => {
      const answer = await callApi<LayerDraft>('GET', `/v1/roll/layers/drafts/${id}`);
      if (gone) return;
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) setNow(answer.value);
      if (answer.ok && !isAtWork(answer.value)) onEnd(answer.value);
      else timer = window.setTimeout(() => void ask(), answer.ok ? EVERY_MS : AFTER_FAILURE_MS);
    };
    timer = window.setTimeout(() => void ask(), EVERY_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [id, onEnd]);
  return { now, problem };
}
