import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { DoorId, MemberId } from '#shared/kernel/ids.ts';
import type { OutboxOp } from '../../store/outbox-store.ts';
import { outbox, recordFact, walk } from '../../store/phone-store.ts';
import { startSync } from '../../sync/phone.ts';
import { makeRowMaker } from './make-row.ts';
import { NoWalk } from './no-walk.tsx';
import { WalkContext, type Fact, type WalkView } from './walk-context.ts';

/** Null until the outbox has answered: nothing may say "all with the chapter" before that. */
function useOutbox(): readonly OutboxOp[] | null {
  const [ops, setOps] = useState<readonly OutboxOp[] | null>(null);
  useEffect(() => outbox.watchAll(setOps), []);
  return ops;
}

function useMe(): MemberId | null {
  const [me, setMe] = useState<MemberId | null>(null);
  useEffect(() => {
    void outbox.readIdentity().then((identity) => setMe(identity?.member.id ?? null));
  }, []);
  return me;
}

/** Opens what this phone holds and shows the walk over it; without a packet it says what to do. */
export function WalkProvider({ children }: { readonly children: ReactNode }) {
  useEffect(() => void startSync(), []);
  const now = useSyncExternalStore(walk.subscribe, walk.read);
  const ops = useOutbox();
  const me = useMe();
  const [toRows] = useState(makeRowMaker);

  const whereabouts = useMemo(() => {
    if (ops === null) return null;
    const unsent = ops.filter((op) => op.state === 'unsent');
    return {
      unsent: new Set<string>(unsent.map((op) => op.opId)),
      held: new Set<string>(ops.filter((op) => op.result?.status === 'held').map((op) => op.opId)),
      unsentDoors: new Set<string>(unsent.map((op) => op.doorId)),
    };
  }, [ops]);

  const sheet = typeof now === 'string' ? null : now.sheet;
  const context = useRef<Parameters<typeof recordFact>[2] | null>(null);
  useEffect(() => {
    context.current =
      sheet === null ? null : { turfId: sheet.turf.id, scriptVersionId: sheet.script?.id ?? null };
  }, [sheet]);
  const record = useCallback((fact: Fact) => {
    if (context.current === null) throw new Error('recorded before the walk was there');
    return recordFact(fact.type, fact.payload, context.current);
  }, []);

  const view = useMemo<WalkView | null>(() => {
    if (typeof now === 'string' || whereabouts === null) return null;
    const rows = toRows(now.doors, whereabouts.unsentDoors);
    const byId = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.door.id, row]));
    return {
      sheet: now.sheet,
      me,
      rows,
      tally: now.tally,
      whereabouts,
      rowOf: (doorId) => byId.get(doorId) ?? null,
      stateOf: (doorId: DoorId) => now.byDoor.get(doorId)?.state ?? null,
      record,
    };
  }, [now, me, record, toRows, whereabouts]);

  if (view === null) return <NoWalk loading={now !== 'none'} />;
  return <WalkContext value={view}>{children}</WalkContext>;
}
