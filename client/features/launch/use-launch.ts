import { useEffect, useRef, useState } from 'react';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { DoorStanding, LiveTurf, Turf } from '#shared/model/turf.ts';
import { listenLive, type LiveState } from '../../api/live.ts';
import { useApi, type Loaded } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';

export interface Launching {
  readonly turfs: Loaded<readonly Turf[]>;
  readonly live: LiveState;
  /** How doors stand by what was heard since the page was opened. */
  readonly heard: ReadonlyMap<DoorId, DoorStanding>;
  /** Grows when the line was lost and is back: what was missed must be asked for. */
  readonly epoch: number;
  /** Grows when somebody joins, or waits to be let in. */
  readonly joins: number;
}

/** All turfs with what happens in them, as it happens. */
export function useLaunch(): Launching {
  const turfs = useApi<readonly Turf[]>('/v1/turfs');
  const [live, setLive] = useState<LiveState>('connecting');
  const [heard, setHeard] = useState<ReadonlyMap<DoorId, DoorStanding>>(new Map());
  const [epoch, setEpoch] = useState(0);
  const [joins, setJoins] = useState(0);
  const { put, reload } = turfs;
  const known = useRef(new Set<string>());
  const list = turfs.data;
  useEffect(() => {
    known.current = new Set((list ?? []).map(({ id }) => id));
  }, [list]);

  useEffect(() => {
    const onTurf = (event: LiveTurf): void => {
      // A turf that was published after this page was opened is asked for whole.
      if (!known.current.has(event.turfId)) return reload();
      put((before) => before.map((turf) => (turf.id === event.turfId ? join(turf, event) : turf)));
      if (event.doors.length === 0) return;
      setHeard((before) => {
        const after = new Map(before);
        for (const { doorId, standing } of event.doors) after.set(doorId, standing);
        return after;
      });
    };
    return listenLive({
      onTurf,
      onJoins: () => {
        reload();
        setJoins((before) => before + 1);
      },
      onState: setLive,
      onBack: () => {
        reload();
        setEpoch((before) => before + 1);
        setJoins((before) => before + 1);
      },
    });
  }, [put, reload]);

  useReloadEvery(reload, ASK_MS);

  return { turfs, live, heard, epoch, joins };
}

/** A phone that joins brings no knock yet, and so no event: who holds what is asked for as well. */
const ASK_MS = 10_000;

function join(turf: Turf, { tally, holders }: LiveTurf): Turf {
  return { ...turf, tally, holders };
}
