import { useEffect, useRef, useState } from 'react';
import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import type { Cut, CutProgress } from '#shared/turf/cut/cut.ts';
import type { CutMessage, CutOrder } from '../../worker/cut-doors-messages.ts';

export interface Cutting {
  /** How far the cut is; null when none runs. */
  readonly progress: CutProgress | null;
  readonly problem: Problem | null;
  readonly start: (order: CutOrder, done: (cut: Cut) => void) => void;
  readonly cancel: () => void;
}

/** An automatic cut in a worker of its own: one at a time, gone with the screen. */
export function useCut(): Cutting {
  const [progress, setProgress] = useState<CutProgress | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const running = useRef<Worker | null>(null);
  const end = (): void => {
    running.current?.terminate();
    running.current = null;
    setProgress(null);
  };
  useEffect(() => () => running.current?.terminate(), []);

  return {
    progress,
    problem: fault,
    cancel: end,
    start: (order, done) => {
      end();
      setFault(null);
      setProgress({ step: 'streets', share: 0 });
      const worker = new Worker(new URL('../../worker/cut-doors.ts', import.meta.url), {
        type: 'module',
        name: 'cut-doors',
      });
      running.current = worker;
      worker.addEventListener('message', ({ data }: MessageEvent<CutMessage>) => {
        if (running.current !== worker) return;
        if (data.kind === 'progress') return setProgress(data.progress);
        end();
        if (data.kind === 'done') done(data.cut);
        else setFault(data.problem);
      });
      // The worker's own code did not come, or there was no memory for it.
      worker.addEventListener('error', () => {
        if (running.current !== worker) return;
        end();
        setFault(problem('cut-failed'));
      });
      worker.postMessage(order);
    },
  };
}
