import { useCallback, useRef, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import { waitForControl } from '../../shell/service-worker.ts';
import { fetchPacket, joinTurf } from '../../sync/phone.ts';
import type { PacketSheet } from '../../store/packet-store.ts';

/** The steps of joining, in order; each is done before the next begins. */
export const STEPS = ['code', 'turf', 'app'] as const;
export type Step = (typeof STEPS)[number];

export type Joining =
  | { readonly at: 'form'; readonly problem: Problem | null }
  | { readonly at: 'working'; readonly step: Step }
  | { readonly at: 'stuck'; readonly step: Step; readonly problem: Problem }
  | {
      readonly at: 'ready';
      readonly sheet: PacketSheet;
      /** True when the app itself is on the phone, so that it opens with no signal. */
      readonly offline: boolean;
    };

/** A slow line takes a while to bring the app; past this the person is told how it stands. */
const PATIENCE = 45_000;

export interface Join {
  readonly now: Joining;
  readonly start: (code: string, name: string) => void;
  /** Goes on with the step that failed; what was done stays done. */
  readonly again: () => void;
}

/** Joins a turf: the code, then the turf, then the app itself. */
export function useJoin(): Join {
  const [now, setNow] = useState<Joining>({ at: 'form', problem: null });
  const running = useRef(false);

  const finish = useCallback(async () => {
    setNow({ at: 'working', step: 'turf' });
    const packet = await fetchPacket();
    if (!packet.ok) {
      setNow({ at: 'stuck', step: 'turf', problem: packet.problem });
      return;
    }
    setNow({ at: 'working', step: 'app' });
    const offline = await waitForControl(PATIENCE);
    setNow({ at: 'ready', sheet: packet.value, offline });
  }, []);

  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    void work().finally(() => {
      running.current = false;
    });
  }, []);

  const start = useCallback(
    (code: string, name: string) =>
      run(async () => {
        setNow({ at: 'working', step: 'code' });
        const joined = await joinTurf(code, name);
        if (joined.ok) await finish();
        else setNow({ at: 'form', problem: joined.problem });
      }),
    [finish, run],
  );
  const again = useCallback(() => run(finish), [finish, run]);
  return { now, start, again };
}
