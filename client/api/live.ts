import type { LaunchBoard } from '#shared/model/launch.ts';
import type { LiveTurf } from '#shared/model/turf.ts';

export type LiveState = 'connecting' | 'live' | 'away';

export interface LiveEars {
  readonly onTurf: (turf: LiveTurf) => void;
  /** Who has which turf has changed, or what was done today. */
  readonly onBoard: (board: LaunchBoard) => void;
  /** Somebody joined, or waits to be let in. */
  readonly onJoins: () => void;
  readonly onState: (state: LiveState) => void;
  /** The line was lost and is back: what was missed in between must be asked for. */
  readonly onBack: () => void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listens to the chapter's knocks as they arrive. A browser gives up on an EventSource whose
 * server answers with an error, so it is opened again here, at longer and longer intervals.
 * Returns what ends it.
 */
export function listenLive(ears: LiveEars): () => void {
  let source: EventSource | null = null;
  let timer: number | undefined;
  let wait = FIRST_WAIT_MS;
  let wasOpen = false;
  let ended = false;

  const open = (): void => {
    window.clearTimeout(timer);
    source?.close();
    source = new EventSource('/v1/live');
    source.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      ears.onState('live');
      if (wasOpen) ears.onBack();
      wasOpen = true;
    });
    source.addEventListener('turf', (event) => {
      const turf = readData(event);
      if (isLiveTurf(turf)) ears.onTurf(turf);
    });
    source.addEventListener('launch', (event) => {
      const board = readData(event);
      if (isBoard(board)) ears.onBoard(board);
    });
    source.addEventListener('joins', () => ears.onJoins());
    source.addEventListener('error', () => {
      if (ended) return;
      ears.onState('away');
      source?.close();
      window.clearTimeout(timer);
      timer = window.setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  const openNow = (): void => {
    wait = FIRST_WAIT_MS;
    open();
  };

  // Without a network a connection can look open for minutes.
  const sayAway = (): void => ears.onState('away');

  ears.onState('connecting');
  open();
  window.addEventListener('online', openNow);
  window.addEventListener('offline', sayAway);
  return () => {
    ended = true;
    window.removeEventListener('online', openNow);
    window.removeEventListener('offline', sayAway);
    window.clearTimeout(timer);
    source?.close();
  };
}

function readData(event: Event): unknown {
  if (!(event instanceof MessageEvent) || typeof event.data !== 'string') return null;
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}

function isLiveTurf(value: unknown): value is LiveTurf {
  if (typeof value !== 'object' || value === null) return false;
  return 'turfId' in value && 'tally' in value && 'doors' in value && 'holders' in value;
}

function isBoard(value: unknown): value is LaunchBoard {
  if (typeof value !== 'object' || value === null) return false;
  return 'rows' in value && 'day' in value;
}
