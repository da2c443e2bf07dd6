import { useSyncExternalStore } from 'react';

/** As wide as a phone held upright. */
const NARROW = '(max-width: 40rem)';

function listen(changed: () => void): () => void {
  const query = globalThis.matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** True on a phone, where one thing stands below the other. */
export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => globalThis.matchMedia(NARROW).matches);
}
