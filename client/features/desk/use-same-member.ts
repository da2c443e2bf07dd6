import { useEffect, useState } from 'react';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { SignedIn } from '#shared/model/chapter.ts';
import { callApi } from '../../api/call.ts';
import type { Loaded } from '../../api/use-api.ts';

const idOf = (entry: SignedIn | null): MemberId | null => entry?.me?.member.id ?? null;

/**
 * Looks again who is signed in each time this tab is gone back to: another tab may have changed it,
 * and nobody works on under somebody else's name, nor saves what they wrote. True for the moment in
 * which the page of whoever it was before has to be gone.
 */
export function useSameMember({ data, put }: Loaded<SignedIn>): boolean {
  const id = idOf(data);
  const [next, setNext] = useState<SignedIn | null>(null);
  useEffect(() => {
    if (id === null) return;
    const look = async (): Promise<void> => {
      const answer = await callApi<SignedIn>('GET', '/v1/signed-in');
      if (answer.ok && idOf(answer.value) !== id) setNext(answer.value);
    };
    const onFocus = (): void => void look();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [id]);
  // Pages write what is unsaved as they close: they are closed before the next one's drafts are read.
  useEffect(() => {
    if (next !== null) put(() => next);
  }, [next, put]);
  return next !== null && idOf(next) !== id;
}
