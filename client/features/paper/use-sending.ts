import { useEffect, useRef, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { EnterPaper } from '#shared/model/paper.ts';
import { callApi } from '../../api/call.ts';
import type { Waiting } from './kept-entry.ts';
import type { KeptEntry } from './use-kept.ts';

/** Asks again so often while there is no network. */
const AGAIN_MS = 10_000;

/** What only a person can set right: the line waits with its reason, and the others go on. */
const FOR_A_PERSON: readonly string[] = ['paper-refused', 'not-found', 'not-valid', 'turf-draft'];

/** What waits, with this line changed, or without it. */
function replace(
  waiting: readonly Waiting[],
  { facts: [first] }: Waiting,
  by: (one: Waiting) => readonly Waiting[],
): readonly Waiting[] {
  return waiting.flatMap((one) => (one.facts[0]?.opId === first?.opId ? by(one) : [one]));
}

/**
 * Sends what waits, one line after the other in the order in which they were left, each until the
 * chapter has answered for it. Gives why it does not go on; null while it does.
 */
export function useSending(
  turfId: string,
  { kept, change, settled, elsewhere }: KeptEntry,
  onSaved: (saved: Waiting) => void,
): Problem | null {
  // A new object after every answer, so that the next line goes or the same is tried again.
  const [round, setRound] = useState<{ readonly trouble: Problem | null }>({ trouble: null });
  const busy = useRef(false);
  const tell = useRef(onSaved);
  useEffect(() => {
    tell.current = onSaved;
  });
  const next = elsewhere ? undefined : kept.waiting.find(({ refused }) => refused === null);
  const { epoch } = kept;

  useEffect(() => {
    if (next === undefined || busy.current) return;
    const send = async (): Promise<void> => {
      busy.current = true;
      change((before) => ({
        ...before,
        waiting: replace(before.waiting, next, (one) => [{ ...one, sent: true }]),
      }));
      // Before it is on its way it is noted that it may have arrived.
      await settled();
      const body: EnterPaper = { epoch, walker: next.walker, facts: [...next.facts] };
      const answer = await callApi('POST', `/v1/turfs/${turfId}/paper`, body);
      const refused = answer.ok ? null : answer.problem;
      const forPerson = refused !== null && FOR_A_PERSON.includes(refused.code);
      if (answer.ok) tell.current(next);
      if (answer.ok || forPerson) {
        change((before) => ({
          ...before,
          waiting: replace(before.waiting, next, (one) => (answer.ok ? [] : [{ ...one, refused }])),
        }));
      }
      busy.current = false;
      setRound({ trouble: forPerson ? null : refused });
    };
    let gone = false;
    const go = (): void => {
      if (gone || busy.current) return;
      gone = true;
      void send();
    };
    const timer = window.setTimeout(go, round.trouble === null ? 0 : AGAIN_MS);
    window.addEventListener('online', go);
    return () => {
      gone = true;
      window.clearTimeout(timer);
      window.removeEventListener('online', go);
    };
  }, [next, round, change, settled, epoch, turfId]);

  return next === undefined ? null : round.trouble;
}
