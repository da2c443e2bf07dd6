import { useEffect, useState } from 'react';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { RollInspection } from '#shared/model/roll.ts';
import type { ReadingChoice } from '#shared/roll/inspect-text.ts';
import type {
  InspectMessage,
  InspectOrder,
  RollCounts,
} from '../../worker/inspect-roll-messages.ts';

/** The server's own cap; told here before two gigabytes have travelled. */
const LARGEST_BYTES = 2 * 1024 ** 3;

export interface Inspecting {
  readonly inspection: RollInspection | null;
  readonly counts: RollCounts | null;
  /** Bytes read so far. */
  readonly bytes: number;
  readonly done: boolean;
  readonly problem: Problem | null;
}

const START: Inspecting = { inspection: null, counts: null, bytes: 0, done: false, problem: null };

/** A look through a chosen file in a worker; another file or choice, or leaving, ends it. */
export function useInspection(file: File | null, choice: ReadingChoice): Inspecting {
  const [held, setHeld] = useState<{
    file: File | null;
    choice: ReadingChoice;
    state: Inspecting;
  }>({ file: null, choice, state: START });

  useEffect(() => {
    if (!file || file.size > LARGEST_BYTES) return;
    const worker = new Worker(new URL('../../worker/inspect-roll.ts', import.meta.url), {
      type: 'module',
      name: 'inspect-roll',
    });
    const put = (change: Partial<Inspecting>): void =>
      setHeld((before) => ({
        file,
        choice,
        state: {
          ...(before.file === file && before.choice === choice ? before.state : START),
          ...change,
        },
      }));
    worker.addEventListener('message', (event: MessageEvent<InspectMessage>) => {
      const message = event.data;
      switch (message.kind) {
        case 'progress':
          return put({ bytes: message.bytes, counts: message.counts });
        case 'columns':
          return put({ inspection: message.inspection });
        case 'done':
          return put({ done: true, bytes: file.size, counts: message.counts });
        case 'problem':
          return put({ problem: message.problem });
      }
    });
    worker.addEventListener('error', () => put({ problem: problem('server-fault') }));
    const today = new Date().toLocaleDateString('sv');
    worker.postMessage({ file, choice, today } satisfies InspectOrder);
    return () => worker.terminate();
  }, [file, choice]);

  if (file && file.size > LARGEST_BYTES) {
    return { ...START, problem: problem('roll-too-large', { limit: '2 GB' }) };
  }
  return held.file === file && held.choice === choice ? held.state : START;
}
