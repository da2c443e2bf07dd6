import { useEffect, useState } from 'react';
import { CONDUCT_VERSION } from '#shared/model/conduct.ts';
import type { Identity } from '../../../store/outbox-store.ts';
import { clock, outbox } from '../../../store/phone-store.ts';

/** Whoever recorded something so recently may be between two doors, in ms. */
const WALKING = 2 * 3_600_000;

/** A UUIDv7 begins with when it was made, in ms since 1970. */
const madeAt = (opId: string): number => Number.parseInt(opId.replaceAll('-', '').slice(0, 12), 16);

/** Nobody is asked without a signal, nor where a door is open: somebody stands at it. */
const mayAsk = (): boolean => navigator.onLine && window.location.pathname === '/walk';

/** Phones that joined before the tick, or read other words, are asked, and not on a walk. */
async function mustAsk(reading: Promise<Identity | null>): Promise<boolean> {
  if (!mayAsk()) return false;
  const identity = await reading;
  if (identity === null || identity.conduct?.version === CONDUCT_VERSION) return false;
  const ops = await outbox.listAll();
  return ops.every(({ opId }) => clock.now() - madeAt(opId) > WALKING);
}

/** Decided once for each start of the app: whatever comes later comes in the middle of something. */
let decided: Promise<boolean> | null = null;
let answer: boolean | null = null;

/** Decides whether the rules come before the list, out of who this phone is; resolves when that is known. */
export async function decideRules(reading: Promise<Identity | null>): Promise<boolean> {
  decided ??= mustAsk(reading).catch(() => false);
  answer = await decided;
  return answer;
}

/** Whether to ask for the rules before the list; null until that is known. */
export function useAskRules(): { readonly ask: boolean | null; readonly done: () => void } {
  const [ask, setAsk] = useState(() => answer ?? (mayAsk() ? null : false));
  useEffect(() => {
    if (answer === null) void decideRules(outbox.readIdentity()).then(setAsk);
  }, []);
  const done = (): void => {
    answer = false;
    setAsk(false);
  };
  return { ask, done };
}
