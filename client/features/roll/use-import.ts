import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RollImport } from '#shared/model/roll.ts';
import { callApi } from '../../api/call.ts';

const EVERY_MS = 500;
const AFTER_FAILURE_MS = 3000;

/** True while there is something to wait for. */
export function isUnderWay(one: RollImport): boolean {
  return one.state === 'waiting' || one.state === 'running';
}

/** Follows an import until it ends. It runs on the server: leaving this page does not stop it. */
export function useImport(
  start: RollImport,
  onEnd: (ended: RollImport) => void,
): { readonly now: RollImport; readonly problem: Problem | null } {
  const [now, setNow] = useState(start);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { id } = start;
  const going = isUnderWay(now);

  useEffect(() => {
    if (!going) return;
    let timer: number | undefined;
    let gone = false;
    const ask = async (): Promise<void> => {
      const answer = await callApi<RollImport>('GET', `/v1/roll/imports/${id}`);
      if (gone) return;
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) setNow(answer.value);
      if (answer.ok && !isUnderWay(answer.value)) onEnd(answer.value);
      else timer = window.setTimeout(() => void ask(), answer.ok ? EVERY_MS : AFTER_FAILURE_MS);
    };
    timer = window.setTimeout(() => void ask(), EVERY_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [id, going, onEnd]);

  return { now, problem };
}
