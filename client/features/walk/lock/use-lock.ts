import { useSyncExternalStore } from 'react';
import type { LockView } from '../../../lock/vault.ts';
import { vault } from '../../../store/phone-store.ts';

/** How the lock over this phone's rows stands. */
export function useLock(): LockView {
  return useSyncExternalStore(vault.subscribe, vault.read);
}
