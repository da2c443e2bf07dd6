import { useEffect, useRef, useState } from 'react';
import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import type { Cut, CutProgress } from '#shared/turf/cut/cut.ts';
import type { CutMessage, CutOrder } from '../../worker/cut-doors-messages.ts';

export interface Cutting {
  /** How far the cut is; null when none runs. */
  readonly progress: CutProgress | null;
  readonly problem: Problem | null;
  /** A usable cut that comes long before the best one; null before, and when none runs. */
  readonly early: Cut | null;
  readonly start: (order: CutOrder, told: CutTold) => void;
  readonly cancel: () => void;
}

/** Who hears of a cut: of one to look at first, and of the one that stands. */
export interface CutTold {
  readonly onEarly: (cut: Cut) => void;
  readonly onDone: (cut: Cut) => void;
}

/** An automatic cut in a worker of its own: one at a time, gone with the screen. */
export function useCut(): Cutting {
  const [progress, setProgress] = useState<CutProgress | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [early, setEarly] = useState<Cut | null>(null);
  const running = useRef<Worker | null>(null);
  const end = (): void => {
    running.current?.terminate();
    running.current = null;
    setProgress(null);
    setEarly(null);
  };
  useEffect(() => () => running.current?.terminate(), []);

  return {
    progress,
    problem: fault,
    early,
    cancel: end,
    start: (order, { onEarly, onDone }) => {
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
        if (data.kind === 'draft') {
          setEarly(data.cut);
          return onEarly(data.cut);
        }
        end();
        if (data.kind === 'done') onDone(data.cut);
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
