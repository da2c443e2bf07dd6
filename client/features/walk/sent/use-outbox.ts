import { useEffect, useState } from 'react';
import type { OutboxOp } from '../../../store/outbox-store.ts';
import { outbox } from '../../../store/phone-store.ts';

/** Null until the outbox has answered: nothing may say "all with the chapter" before that. */
export function useOutbox(): readonly OutboxOp[] | null {
  const [ops, setOps] = useState<readonly OutboxOp[] | null>(null);
  useEffect(() => outbox.watchAll(setOps), []);
  return ops;
}
