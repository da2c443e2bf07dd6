import { useCallback, useEffect, useMemo, useState } from 'react';
import { outbox, packets } from '../../../store/phone-store.ts';
import { readShift } from '../../../sync/phone.ts';
import type { Shift } from '../../../sync/shift.ts';
import { shiftStart } from './shift-start.ts';
import { useWalk } from '../walk-context.ts';

export interface Slip {
  /** Null until the phone has counted. */
  readonly shift: Shift | null;
  readonly busy: boolean;
  readonly ask: () => void;
}

function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

async function readSlip(turfId: string): Promise<Shift | null> {
  const now = Date.now();
  const identity = await outbox.readIdentity();
  const bodies = [...(await packets.readRows()), ...(await outbox.listAll())];
  const deviceId = identity?.deviceId ?? '';
  return readShift(shiftStart({ bodies, deviceId, turfId, dayStart: startOfDay(now), now }));
}

/** Both counts of this shift: asked for anew whenever something of it was saved or sent. */
export function useSlip(): Slip {
  const { sheet, whereabouts } = useWalk();
  const [shift, setShift] = useState<Shift | null>(null);
  const [asking, setAsking] = useState(0);
  const turfId = sheet.turf.id;
  const { unsent, ofFact } = whereabouts;
  const saved = ofFact.size;
  // One object for each state of the work: a new one is a new question.
  const question = useMemo(() => ({ turfId, unsent, saved }), [turfId, unsent, saved]);

  const ask = useCallback(async (): Promise<void> => {
    setAsking((before) => before + 1);
    // A part of the app that does not load, or a database that does not answer, changes nothing.
    const read = await readSlip(question.turfId).catch(() => null);
    if (read !== null) setShift(read);
    setAsking((before) => before - 1);
  }, [question]);

  useEffect(() => {
    const timer = setTimeout(() => void ask(), 0);
    return () => clearTimeout(timer);
  }, [ask]);

  return { shift, busy: asking > 0, ask: () => void ask() };
}
