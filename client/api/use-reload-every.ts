import { useEffect } from 'react';

/** Asks again every so many ms, while somebody looks at the page. */
export function useReloadEvery(reload: () => void, ms: number): void {
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!document.hidden) reload();
    }, ms);
    return () => window.clearInterval(timer);
  }, [reload, ms]);
}
