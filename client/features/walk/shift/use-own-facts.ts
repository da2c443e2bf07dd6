import { useEffect, useMemo, useState } from 'react';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { outbox, packets } from '../../../store/phone-store.ts';
import { useWalk } from '../walk-context.ts';

/**
 * What this person wrote in this turf as far as it can be read here, each once, in no order: out of
 * the outbox and of what the log has brought back. Null until it was read.
 */
export function useOwnFacts(): readonly Operation[] | null {
  const { me, sheet, whereabouts } = useWalk();
  const [facts, setFacts] = useState<readonly Operation[] | null>(null);
  const turfId = sheet.turf.id;
  const { ofFact } = whereabouts;
  // One object for each state of the work: a new one is a new question.
  const question = useMemo(() => ({ me, turfId, saved: ofFact.size }), [me, turfId, ofFact]);
  useEffect(() => {
    let asked = true;
    async function read(): Promise<void> {
      const once = new Map<string, Operation>();
      for (const { body } of [...(await packets.readRows()), ...(await outbox.listAll())]) {
        const fact = body === '' ? null : readOperation(body);
        if (fact === null || fact.scopeId !== question.turfId) continue;
        if (fact.actorId === question.me) once.set(fact.opId, fact);
      }
      if (asked) setFacts([...once.values()]);
    }
    // A database that does not answer leaves what was known.
    void read().catch(() => {});
    return () => {
      asked = false;
    };
  }, [question]);
  return facts;
}
