import { useEffect, useState } from 'react';
import type { Step } from '#shared/model/universe-step.ts';
import {
  putSteps,
  redoSteps,
  startSteps,
  type StepsHistory,
  undoSteps,
} from '#shared/universe/edit-steps.ts';

export interface Steps {
  readonly steps: readonly Step[];
  readonly put: (steps: readonly Step[]) => void;
  /** Another question: what was before is no part of it. */
  readonly start: (steps: readonly Step[]) => void;
  /** Null: there is nothing to take back. */
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

/** Where typing has an undo of its own. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);

/** The steps that are being made, with undo and redo also by Ctrl or ⌘ and Z. */
export function useSteps(first: readonly Step[]): Steps {
  const [history, setHistory] = useState<StepsHistory>(() => startSteps(first));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      setHistory(key === 'y' || event.shiftKey ? redoSteps : undoSteps);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return {
    steps: history.steps,
    put: (steps) => setHistory((before) => putSteps(before, steps)),
    start: (steps) => setHistory(startSteps(steps)),
    undo: history.before.length === 0 ? null : () => setHistory(undoSteps),
    redo: history.after.length === 0 ? null : () => setHistory(redoSteps),
  };
}
