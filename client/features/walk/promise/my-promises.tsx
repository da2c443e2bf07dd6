import { useEffect, useMemo, useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { foldFollowUps, type Promised } from '#shared/canvass/follow-ups.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { outbox, packets } from '../../../store/phone-store.ts';
import { PromiseList } from './promise-list.tsx';
import { standOfPromise } from './stand-of-promise.ts';
import { useWalk } from '../walk-context.ts';

/** What says of a promise that it was made, kept or taken back; other bodies are not read. */
const MARKS = ['"type":"follow-up"', '"type":"withdraw"'];

interface Row {
  readonly opId: string;
  readonly body: string;
  readonly eff?: string;
}

function readFacts(rows: readonly Row[]): readonly Operation[] {
  const once = new Map<string, Operation>();
  for (const { opId, body, eff } of rows) {
    if (once.has(opId) || !MARKS.some((mark) => body.includes(mark))) continue;
    const fact = readOperation(body, eff);
    if (fact !== null) once.set(opId, fact);
  }
  return [...once.values()];
}

/** Every promise at this turf's doors as this phone knows it; it follows whatever is saved. */
function usePromises(): readonly Promised[] {
  const [promises, setPromises] = useState<readonly Promised[]>([]);
  useEffect(() => {
    let log: readonly Row[] = [];
    let own: readonly Row[] = [];
    const update = (): void => setPromises(foldFollowUps(readFacts([...log, ...own])));
    const stopLog = packets.watchRows((rows) => {
      log = rows;
      update();
    });
    const stopOwn = outbox.watchAll((ops) => {
      own = ops;
      update();
    });
    return () => {
      stopLog();
      stopOwn();
    };
  }, []);
  return promises;
}

/** What I promised, or was given to keep, at the doors of this turf: what is open, soonest first. */
export function MyPromises() {
  const { me, sheet } = useWalk();
  const promises = usePromises();
  const mine = useMemo(() => {
    const due = (one: Promised): string => standOfPromise(one, sheet).by ?? '9999';
    return promises
      .filter((one) => {
        const { whoId, end } = standOfPromise(one, sheet);
        return end === null && (whoId === me || (whoId === null && one.actorId === me));
      })
      .toSorted((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0));
  }, [promises, sheet, me]);
  if (mine.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="my-promises">
      <h3 id="my-promises">
        <Trans>What you promised</Trans>
      </h3>
      <PromiseList promises={mine} withPlace />
      <p className="small quiet">
        <Trans>The chapter has this list too, also when this turf is gone from your phone.</Trans>
      </p>
    </section>
  );
}
