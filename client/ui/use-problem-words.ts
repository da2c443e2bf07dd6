import { useEffect, useState } from 'react';
import { useLingui } from '@lingui/react';
import type { Problem } from '#shared/kernel/make-problem.ts';

// All sentences of the catalogue weigh as much as half of the walk: they come after the first screen.
const load = () => import('#shared/kernel/problem.ts');
type Words = Awaited<ReturnType<typeof load>>;
let words: Words | null = null;

/** Fetches the sentences ahead, so that they are there when there is no signal to fetch them by. */
export async function preloadProblemWords(): Promise<void> {
  words ??= await load().catch(() => null);
}

/** What the problem is in the person's own language; null while the sentences are on their way. */
export function useProblemWords(problem: Problem): string | null {
  const { i18n } = useLingui();
  const [known, setKnown] = useState(words);
  useEffect(() => {
    if (known === null) void preloadProblemWords().then(() => setKnown(words));
  }, [known]);
  return known === null ? null : known.sayProblem(problem, i18n.locale === 'es' ? 'es' : 'en');
}
