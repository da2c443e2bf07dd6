import { useSyncExternalStore } from 'react';

function listen(change: () => void): () => void {
  window.addEventListener('online', change);
  window.addEventListener('offline', change);
  return () => {
    window.removeEventListener('online', change);
    window.removeEventListener('offline', change);
  };
}

/** False when the browser knows that there is no network. True promises nothing. */
export function useOnline(): boolean {
  return useSyncExternalStore(listen, () => navigator.onLine);
}
