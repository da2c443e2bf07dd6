import { useCallback, useRef, useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import { addressLine } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { resultFact } from '../door/result-fact.ts';
import { useSaveGuard } from '../save-guard.tsx';
import { noteWalkPlace, setWalkPlace } from '../walk-place.ts';

/** Between two knocks at one door, in ms. */
const REST = 500;

export interface NotHome {
  /** True from the gesture until the fact is durable. */
  readonly busy: boolean;
  readonly mark: () => void;
}

/** Not home at one door in one gesture: written first, shown after, with a way back. */
export function useNotHome({ door, building }: DoorRow): NotHome {
  const { t } = useLingui();
  const { saveWithUndo } = useSaveGuard();
  const [busy, setBusy] = useState(false);
  const writing = useRef(false);
  const mark = useCallback(() => {
    if (writing.current) return;
    writing.current = true;
    const where = addressLine(building, door.unit);
    const fact = resultFact(door.id, 'not-home');
    const words = { where, what: t`Not home` };
    const save = async (): Promise<void> => {
      // Whoever marks a door stands at it: the way on leads from there.
      noteWalkPlace(door.position);
      if (await saveWithUndo(fact, words, t`${where}: not home`)) setWalkPlace(door.position);
    };
    // Begun before its row is drawn: the disk does its part meanwhile.
    void save().finally(() => {
      // A row that stays in sight is not marked twice by a hand that shook.
      setTimeout(() => (writing.current = false), REST);
      setBusy(false);
    });
    setBusy(true);
  }, [building, door, saveWithUndo, t]);
  return { busy, mark };
}
