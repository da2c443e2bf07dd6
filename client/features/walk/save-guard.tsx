import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Operation } from '#shared/model/operation.ts';
import { withdrawFact } from '../../store/phone-store.ts';
import { closeToast, showToast, type ToastWords } from '../../ui/toast.tsx';
import { NotSaved } from './not-saved.tsx';
import { useWalk, type Fact } from './walk-context.ts';
import { goBackTo } from './walk-place.ts';

/** What is being written, in words for the screen that appears when it cannot be. */
export interface Words {
  /** The address, so that it can be put on paper if all else fails. */
  readonly where: string;
  /** What was to be saved: "Not home". */
  readonly what: string;
}

export interface SaveGuard {
  /** Gives the operation once it is durable, or null when it was not saved and given up. */
  readonly save: (fact: Fact, words: Words) => Promise<Operation | null>;
  /** Saves, says so, and offers to take it back. */
  readonly saveWithUndo: (fact: Fact, words: Words, said: string) => Promise<Operation | null>;
  /** Takes back a fact; both stay in the log. */
  readonly takeBack: (fact: Operation, words: Words) => Promise<Operation | null>;
}

interface Failure {
  readonly words: Words;
  /** Null when it is the taking back of something. */
  readonly fact: Fact | null;
  /** When it was first tried: the time to put on paper. */
  readonly at: number;
  readonly problem: Problem;
  readonly retry: () => Promise<void>;
  readonly giveUp: () => void;
}

const GuardContext = createContext<SaveGuard | null>(null);

export function useSaveGuard(): SaveGuard {
  const guard = use(GuardContext);
  if (guard === null) throw new Error('used outside the save guard');
  return guard;
}

let lastToast: string | null = null;

/** Says what was saved or taken back, until the next door is opened. */
export function sayOfDoor(words: ToastWords): void {
  lastToast = showToast(words);
}

/** A new door is open: the offer to undo the last one makes room (its history keeps one). */
export function useFreshStart(): void {
  useEffect(() => {
    if (lastToast !== null) closeToast(lastToast);
    lastToast = null;
  }, []);
}

/** Every write of the walk goes through here: whatever is not durable covers the whole screen. */
export function SaveGuard({ children }: { readonly children: ReactNode }) {
  const { record } = useWalk();
  const { t } = useLingui();
  const [failure, setFailure] = useState<Failure | null>(null);

  const attempt = useCallback(
    async (
      write: () => Promise<Result<Operation>>,
      words: Words,
      fact: Fact | null,
    ): Promise<Operation | null> => {
      const at = Date.now();
      const first = await write();
      if (first.ok) return first.value;
      return new Promise((settle) => {
        const end = (operation: Operation | null): void => {
          setFailure(null);
          settle(operation);
        };
        const show = (problem: Problem): void =>
          setFailure({
            words,
            fact,
            at,
            problem,
            giveUp: () => end(null),
            retry: async () => {
              const again = await write();
              if (again.ok) end(again.value);
              else show(again.problem);
            },
          });
        show(first.problem);
      });
    },
    [],
  );

  const guard = useMemo<SaveGuard>(() => {
    const save: SaveGuard['save'] = (fact, words) => attempt(() => record(fact), words, fact);
    const takeBack: SaveGuard['takeBack'] = async (fact, words) => {
      const undone = await attempt(() => withdrawFact(fact), words, null);
      const visit = fact.type === 'knock' || fact.type === 'lit-drop';
      if (undone !== null && visit) goBackTo(fact.payload.doorId);
      return undone;
    };
    return {
      save,
      takeBack,
      saveWithUndo: async (fact, words, said) => {
        const operation = await save(fact, words);
        if (operation === null) return null;
        const undo = async (): Promise<void> => {
          const back = { where: words.where, what: t`Undo of ${words.what}` };
          if ((await takeBack(operation, back)) === null) return;
          sayOfDoor({ text: t`Taken back: ${words.what}` });
        };
        sayOfDoor({ text: said, action: { label: t`Undo`, onPress: () => void undo() } });
        return operation;
      },
    };
  }, [attempt, record, t]);

  return (
    <GuardContext value={guard}>
      {children}
      {failure !== null && (
        <NotSaved
          where={failure.words.where}
          what={failure.words.what}
          fact={failure.fact}
          at={failure.at}
          problem={failure.problem}
          onRetry={failure.retry}
          onGiveUp={failure.giveUp}
        />
      )}
    </GuardContext>
  );
}
