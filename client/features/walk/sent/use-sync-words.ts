import { useSyncExternalStore } from 'react';
import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { syncStatus } from '../../../sync/phone.ts';
import { useWalk } from '../walk-context.ts';

export function useSyncStatus(): ReturnType<typeof syncStatus.read> {
  return useSyncExternalStore(syncStatus.subscribe, syncStatus.read);
}

/** Facts on this phone only, straight from the outbox. */
export function useUnsent(): number {
  return useWalk().whereabouts.unsent;
}

/** Where my work is, in a few words and a tone: amber is on this phone only. */
export function useSyncWords(): { readonly words: string; readonly tone: 'phone' | 'done' } {
  const { t } = useLingui();
  const { state } = useSyncStatus();
  const unsent = useUnsent();
  if (unsent === 0) return { words: t`all with the chapter`, tone: 'done' };
  const words =
    state === 'sending'
      ? plural(unsent, { one: 'sending #', other: 'sending #' })
      : plural(unsent, { one: '# saved on this phone', other: '# saved on this phone' });
  return { words, tone: 'phone' };
}
