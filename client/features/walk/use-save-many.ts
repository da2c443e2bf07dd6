import { useCallback } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Operation } from '#shared/model/operation.ts';
import { sayOfDoor, useSaveGuard, type Words } from './save-guard.tsx';
import type { Fact } from './walk-context.ts';

/** One of several facts that are one report. */
export interface OneOfMany {
  readonly fact: Fact;
  readonly words: Words;
}

/**
 * Saves several facts as one report: one after the other, each durable before the next, then one
 * toast that takes all of them back. Gives those that were saved.
 */
export function useSaveMany(): (
  all: readonly OneOfMany[],
  said: (count: number) => string,
) => Promise<readonly Operation[]> {
  const { t } = useLingui();
  const { save, takeBack } = useSaveGuard();
  return useCallback(
    async (all, said) => {
      const done: { readonly operation: Operation; readonly words: Words }[] = [];
      for (const { fact, words } of all) {
        const operation = await save(fact, words);
        if (operation === null) break;
        done.push({ operation, words });
      }
      const undo = async (): Promise<void> => {
        const back = new Set<string>();
        for (const { operation, words } of done.toReversed()) {
          const undone = { where: words.where, what: t`Undo of ${words.what}` };
          if ((await takeBack(operation, undone)) !== null) back.add(words.what);
        }
        const what = [...back].join(', ');
        if (what !== '') sayOfDoor({ text: t`Taken back: ${what}` });
      };
      if (done.length > 0) {
        const action = { label: t`Undo`, onPress: () => void undo() };
        sayOfDoor({ text: said(done.length), action });
      }
      return done.map(({ operation }) => operation);
    },
    [save, takeBack, t],
  );
}
