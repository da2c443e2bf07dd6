import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import { askKeptApp, isWhole, type KeptApp } from '../../shell/kept-app.ts';
import { isControlled } from '../../shell/service-worker.ts';
import { waitingJoin } from '../../store/waiting-join.ts';
import type { JoinWish } from '../../sync/join.ts';
import { fetchPacket, joinTurf } from '../../sync/phone.ts';
import type { PacketSheet } from '../../store/packet-store.ts';
import type { Settled } from './join-waiting.tsx';

/** The steps of joining, in order; each is done before the next begins. */
export const STEPS = ['code', 'turf', 'app'] as const;
export type Step = (typeof STEPS)[number];

export type Joining =
  | { readonly at: 'form'; readonly problem: Problem | null; readonly out?: 'refused' | 'late' }
  | {
      readonly at: 'working';
      readonly step: Step;
      /** How much of the app is here, as far as it is known. */
      readonly app?: KeptApp | null;
    }
  | { readonly at: 'stuck'; readonly step: Step; readonly problem: Problem }
  /** A coordinator decides. */
  | { readonly at: 'waiting'; readonly chapterName: string; readonly until: number }
  | {
      readonly at: 'ready';
      readonly sheet: PacketSheet;
      /** True when every part of the app was found on the phone, so that it opens with no signal. */
      readonly offline: boolean;
      /** It came as codes, which leave the map out: that comes with the first signal. */
      readonly lacksMap: boolean;
      readonly app: KeptApp | null;
    };

/** A slow line takes a while to bring the app; past this the person is told how it stands. */
const PATIENCE = 45_000;

const OVERTAKEN_MS = 1_000;
/** How often to look how much of the app has come. */
const LOOK_MS = 300;

/** Waits until the worker has this page and every part of the app, or for as long as the patience lasts. */
async function awaitApp(
  note: (app: KeptApp | null) => void,
): Promise<{ readonly offline: boolean; readonly app: KeptApp | null }> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const app = await askKeptApp().catch(() => null);
    note(app);
    const offline = isControlled() && isWhole(app);
    if (offline || performance.now() > end) return { offline, app };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export interface Join {
  readonly now: Joining;
  readonly start: (wish: JoinWish) => void;
  /** Goes on with the step that failed; what was done stays done. */
  readonly again: () => void;
  readonly settle: (how: Settled) => void;
  /** The turf came with no network: what is left is the app itself. */
  readonly have: (sheet: PacketSheet) => void;
}

/** Joins a turf: the code, then the turf, then the app itself; a remote invite waits in between. */
export function useJoin(): Join {
  const [now, setNow] = useState<Joining>({ at: 'form', problem: null });
  const running = useRef(false);

  useEffect(() => {
    const find = async (): Promise<void> => {
      // Whatever is wrong with the storage is said by joining itself.
      const own = await waitingJoin.read().catch(() => null);
      if (own !== null && !running.current) {
        setNow({ at: 'waiting', chapterName: own.chapterName, until: own.until });
      }
    };
    void find();
  }, []);

  const check = useCallback(async (sheet: PacketSheet, handed: boolean) => {
    setNow({ at: 'working', step: 'app' });
    const whole = await awaitApp((app) => setNow({ at: 'working', step: 'app', app }));
    const lacksMap = handed && sheet.map.streets.features.length === 0;
    setNow({ at: 'ready', sheet, lacksMap, ...whole });
  }, []);

  const finish = useCallback(async () => {
    setNow({ at: 'working', step: 'turf' });
    let packet = await fetchPacket();
    // The core asks for it too, by itself: then this answer was overtaken by that one.
    if (!packet.ok && packet.problem.code === 'no-network') {
      await new Promise((resolve) => setTimeout(resolve, OVERTAKEN_MS));
      packet = await fetchPacket();
    }
    if (!packet.ok) {
      setNow({ at: 'stuck', step: 'turf', problem: packet.problem });
      return;
    }
    await check(packet.value, false);
  }, [check]);

  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    void work().finally(() => {
      running.current = false;
    });
  }, []);

  const start = useCallback(
    (wish: JoinWish) =>
      run(async () => {
        setNow({ at: 'working', step: 'code' });
        const joined = await joinTurf(wish);
        if (!joined.ok) setNow({ at: 'form', problem: joined.problem });
        else if ('waiting' in joined.value) {
          const { chapterName, until } = joined.value.waiting;
          setNow({ at: 'waiting', chapterName, until });
        } else await finish();
      }),
    [finish, run],
  );
  const again = useCallback(() => run(finish), [finish, run]);
  const settle = useCallback(
    (how: Settled) => {
      if (how === 'let-in') run(finish);
      else setNow({ at: 'form', problem: null, ...(how !== 'given-up' && { out: how }) });
    },
    [finish, run],
  );
  const have = useCallback((sheet: PacketSheet) => run(() => check(sheet, true)), [check, run]);
  return { now, start, again, settle, have };
}
