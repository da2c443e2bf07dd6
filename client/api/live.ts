import type { LiveTurf } from '#shared/model/turf.ts';

export type LiveState = 'connecting' | 'live' | 'away';

export interface LiveEars {
  readonly onTurf: (turf: LiveTurf) => void;
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
      const turf = readTurf(event);
      if (turf) ears.onTurf(turf);
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

function readTurf(event: Event): LiveTurf | null {
  if (!(event instanceof MessageEvent) || typeof event.data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(event.data);
    return isLiveTurf(value) ? value : null;
  } catch {
    return null;
  }
}

function isLiveTurf(value: unknown): value is LiveTurf {
  if (typeof value !== 'object' || value === null) return false;
  return 'turfId' in value && 'tally' in value && 'doors' in value && 'holders' in value;
}
