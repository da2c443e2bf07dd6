import { useEffect, useState } from 'react';
import type { FoundDoor } from '#shared/sync/phones.ts';
import { useApi, type Loaded } from './use-api.ts';

/** A person types this fast: fewer questions than letters. */
const PAUSE_MS = 250;
const LEAST = 2;

export interface FindDoors {
  /** Whether enough is typed to ask for. */
  readonly asked: boolean;
  readonly found: Loaded<readonly FoundDoor[]>;
}

/** The chapter's doors whose address begins as typed, asked for once the typing pauses. */
export function useFindDoors(typed: string): FindDoors {
  const [words, setWords] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setWords(typed.trim()), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const asked = words.length >= LEAST;
  const found = useApi<readonly FoundDoor[]>(
    asked ? `/v1/doors?like=${encodeURIComponent(words)}` : null,
  );
  return { asked, found };
}
