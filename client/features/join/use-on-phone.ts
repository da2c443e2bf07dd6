import { useEffect, useState } from 'react';
import { outbox, packets } from '../../store/phone-store.ts';

/** What this phone holds already, before somebody joins. */
export interface OnPhone {
  readonly memberName: string;
  readonly turfName: string | null;
  /** Facts that no server has acknowledged yet. */
  readonly unsent: number;
  /** The version of the rules that they have read; null: none. */
  readonly conduct: string | null;
}

async function look(): Promise<OnPhone | null> {
  const identity = await outbox.readIdentity();
  if (identity === null) return null;
  const [hold, unsent] = await Promise.all([packets.readHold(), outbox.listUnsent()]);
  return {
    memberName: identity.member.name,
    turfName: hold?.turfName ?? null,
    unsent: unsent.length,
    conduct: identity.conduct?.version ?? null,
  };
}

/** Null when nobody has joined on this phone. Waits for `may`: only then are databases opened. */
export function useOnPhone(may: boolean): OnPhone | null {
  const [found, setFound] = useState<OnPhone | null>(null);
  useEffect(() => {
    if (!may) return;
    let gone = false;
    const find = async (): Promise<void> => {
      // Joining itself will say what is wrong with the storage.
      const value = await look().catch(() => null);
      if (!gone) setFound(value);
    };
    void find();
    return () => {
      gone = true;
    };
  }, [may]);
  return found;
}
