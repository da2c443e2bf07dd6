import { useEffect, useRef, useState } from 'react';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { LaunchBoard } from '#shared/model/launch.ts';
import type { DoorStanding, LiveTurf, Turf } from '#shared/model/turf.ts';
import { listenLive, type LiveState } from '../../api/live.ts';
import { useApi, type Loaded } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';

export interface Launching {
  readonly turfs: Loaded<readonly Turf[]>;
  readonly board: Loaded<LaunchBoard>;
  readonly live: LiveState;
  /** How doors stand by what was heard since the page was opened. */
  readonly heard: ReadonlyMap<DoorId, DoorStanding>;
  /** Grows when the line was lost and is back: what was missed must be asked for. */
  readonly epoch: number;
  /** Grows when somebody joins, or waits to be let in. */
  readonly joins: number;
  /** After a change that was made here: the line may be away. */
  readonly reload: () => void;
}

/** When a phone was last heard of brings no event; it costs the server next to nothing. */
const ASK_BOARD_MS = 20_000;
/** What happened in turfs comes by itself; this is for a line that says it lives and does not. */
const ASK_TURFS_MS = 60_000;

/** True when the turfs that are shown are not those of the board: some are new, gone or changed. */
function differs(turfs: readonly Turf[], { rows }: LaunchBoard): boolean {
  const known = new Map(turfs.map((turf) => [turf.id, turf]));
  return (
    rows.length !== turfs.length ||
    rows.some(({ turfId, version, state }) => {
      const turf = known.get(turfId);
      return turf?.version !== version || turf.state !== state;
    })
  );
}

/** All turfs with who has them and what happens in them, as it happens. */
export function useLaunch(): Launching {
  const turfs = useApi<readonly Turf[]>('/v1/turfs');
  const board = useApi<LaunchBoard>('/v1/launch');
  const [live, setLive] = useState<LiveState>('connecting');
  const [heard, setHeard] = useState<ReadonlyMap<DoorId, DoorStanding>>(new Map());
  const [epoch, setEpoch] = useState(0);
  const [joins, setJoins] = useState(0);
  const { put, reload: reloadTurfs } = turfs;
  const { put: putBoard, reload: reloadBoard } = board;
  const known = useRef<readonly Turf[]>([]);
  const list = turfs.data;
  useEffect(() => {
    known.current = list ?? [];
  }, [list]);

  useEffect(() => {
    const onTurf = (event: LiveTurf): void => {
      // A turf that was published after this page was opened is asked for whole.
      if (!known.current.some(({ id }) => id === event.turfId)) return reloadTurfs();
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
      onBoard: (next) => putBoard(() => next),
      onJoins: () => setJoins((before) => before + 1),
      onState: setLive,
      onBack: () => {
        reloadTurfs();
        reloadBoard();
        setEpoch((before) => before + 1);
        setJoins((before) => before + 1);
      },
    });
  }, [put, putBoard, reloadTurfs, reloadBoard]);

  const rows = board.data;
  useEffect(() => {
    if (rows !== null && known.current.length > 0 && differs(known.current, rows)) reloadTurfs();
  }, [rows, reloadTurfs]);
  useReloadEvery(reloadBoard, ASK_BOARD_MS);
  useReloadEvery(reloadTurfs, ASK_TURFS_MS);

  const reload = (): void => {
    reloadBoard();
    reloadTurfs();
  };
  return { turfs, board, live, heard, epoch, joins, reload };
}

function join(turf: Turf, { tally, holders }: LiveTurf): Turf {
  return { ...turf, tally, holders };
}
