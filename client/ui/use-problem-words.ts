import { useEffect, useState } from 'react';
import { useLingui } from '@lingui/react';
import { problem as makeProblem, type Problem } from '#shared/kernel/make-problem.ts';
import type { Locale } from '#shared/kernel/phone-problem.ts';

// The sentences come after the first screen; those that only the desk can need, when it does.
const load = () => import('#shared/kernel/phone-problem.ts');
const loadRare = () => import('#shared/kernel/problem.ts');
type Words = Awaited<ReturnType<typeof load>>;
let words: Words | null = null;

/** Fetches the sentences ahead, so that they are there when there is no signal to fetch them by. */
export async function preloadProblemWords(): Promise<void> {
  words ??= await load().catch(() => null);
}

/** Of a problem that is not among a phone's; without a network, that it is one without words. */
function useRareWords(problem: Problem | null, locale: Locale): string | null {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (problem === null) return;
    let gone = false;
    const unknown = makeProblem('unknown-problem', { name: problem.code });
    const find = async (): Promise<void> => {
      const rare = await loadRare().catch(() => null);
      const sentence =
        rare?.sayProblem(problem, locale) ?? words?.sayPhoneProblem(unknown, locale) ?? null;
      if (!gone) setSaid(sentence);
    };
    void find();
    return () => {
      gone = true;
    };
  }, [problem, locale]);
  return said;
}

/** What the problem is in the person's own language; null while the sentences are on their way. */
export function useProblemWords(problem: Problem): string | null {
  const { i18n } = useLingui();
  const [known, setKnown] = useState(words);
  useEffect(() => {
    if (known === null) void preloadProblemWords().then(() => setKnown(words));
  }, [known]);
  const locale = i18n.locale === 'es' ? 'es' : 'en';
  const said = known?.sayPhoneProblem(problem, locale) ?? null;
  const rare = useRareWords(known !== null && said === null ? problem : null, locale);
  return said ?? rare;
}
