import { useEffect, useState } from 'react';
import type { MemberId } from '#shared/kernel/ids.ts';
import { outbox } from '../../store/phone-store.ts';
import type { Identity } from '../../store/outbox-store.ts';

let known: MemberId | null = null;

/** What has been read before anything is drawn need not be waited for. */
export function noteMe(identity: Identity | null): void {
  known = identity?.member.id ?? null;
}

/** Who walks on this phone; null until that is known. */
export function useMe(): MemberId | null {
  const [me, setMe] = useState(known);
  useEffect(() => {
    const look = async (): Promise<void> => {
      noteMe(await outbox.readIdentity());
      setMe(known);
    };
    void look();
  }, []);
  return me;
}
