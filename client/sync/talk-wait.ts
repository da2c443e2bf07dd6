import type { DeviceId } from '#shared/kernel/ids.ts';
import type { EndedWhy, Waiting } from '../store/outbox-store.ts';
import type { CorePorts } from './ports.ts';
import type { TimeGuess } from './server-time.ts';

/** So long after the phone has heard of its end a turf may stay for a conversation, in ms. */
export const FINISH_MS = 10 * 60_000;

export interface TalkWait {
  /**
   * True while a turf that has ended stays, since a conversation on it is open: from the moment that
   * this start of the app has heard of the end, until the conversation is closed, and for ten
   * minutes at most. A phone reported lost, and a hold that has run out by itself, never wait.
   */
  mayFinish(why: EndedWhy, deviceId: DeviceId, guess: TimeGuess): Promise<boolean>;
  /** What was waited for and is over, by whatever start of the app it was begun; null when nothing. */
  findOver(guess: TimeGuess): Promise<Waiting | null>;
  /** The turf has not ended after all. */
  forget(): Promise<void>;
}

interface Begun {
  readonly note: Waiting;
  /** By the clock that nobody can set. */
  readonly at: number;
  readonly cancel: () => void;
  over: boolean;
}

/**
 * Makes the part of the core that lets a conversation end before its turf is purged. `wake` is called
 * as soon as there is nothing to wait for any more. What was begun is known to this start of the app
 * alone: whoever finds a note of it in the outbox and has not begun it has nothing to wait for.
 */
export function makeTalkWait(
  { outbox, packets, clock, timers, talks }: CorePorts,
  wake: () => void,
): TalkWait {
  let begun: Begun | null = null;

  const isOpen = async (): Promise<boolean> => (await talks?.isOpen().catch(() => false)) ?? false;

  /** The note of the turf that lies here. */
  async function findNote(): Promise<Waiting | null> {
    const { waiting } = await outbox.readHead();
    if (waiting === null) return null;
    return (await packets.readHold())?.turfId === waiting.turfId ? waiting : null;
  }

  async function isBeingFinished(note: Waiting, guess: TimeGuess): Promise<boolean> {
    if (begun?.note.heardAt !== note.heardAt || begun.over) return false;
    const { at } = begun;
    const late = clock.elapsed() - at >= FINISH_MS || guess.now - note.heardAt >= FINISH_MS;
    if (!late && (await isOpen())) return true;
    begun.over = true;
    begun.cancel();
    return false;
  }

  /** Notes it for the screens of every tab, and sees to its end. */
  async function begin(note: Waiting): Promise<void> {
    begun?.cancel();
    const end = (): void => {
      next.cancel();
      next.over = true;
      wake();
    };
    const stops = [timers.after(FINISH_MS, end), talks?.whenClosed(end)];
    const cancel = (): void => stops.forEach((stop) => stop?.());
    const next: Begun = { note, at: clock.elapsed(), cancel, over: false };
    begun = next;
    await outbox.changeHead(() => ({ waiting: note }));
  }

  return {
    mayFinish: async (why, deviceId, guess) => {
      const hold = await packets.readHold();
      if (hold === null || (why !== 'ended' && why !== 'revoked')) return false;
      if (hold.until !== null && guess.now > hold.until) return false;
      const note = await findNote();
      if (note !== null) return isBeingFinished(note, guess);
      if (!(await isOpen())) return false;
      await begin({ turfId: hold.turfId, deviceId, why, heardAt: guess.now });
      return true;
    },
    findOver: async (guess) => {
      const note = await findNote();
      return note === null || (await isBeingFinished(note, guess)) ? null : note;
    },
    forget: async () => {
      if (begun === null) return;
      begun.cancel();
      begun = null;
      await outbox.changeHead(() => ({ waiting: null }));
    },
  };
}
