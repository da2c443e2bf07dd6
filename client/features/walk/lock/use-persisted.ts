import { useEffect, useState } from 'react';

/** Whether this browser promised to keep what is saved; null while unknown or unsayable. */
export function usePersisted(): boolean | null {
  const [persisted, setPersisted] = useState<boolean | null>(null);
  useEffect(() => {
    let gone = false;
    const ask = async (): Promise<void> => {
      const answer = await navigator.storage.persisted().catch(() => null);
      if (!gone) setPersisted(answer);
    };
    if ('storage' in navigator) void ask();
    return () => {
      gone = true;
    };
  }, []);
  return persisted;
}
