import type { OutboxHead, OutboxStore } from '../store/outbox-store.ts';
import type { TimeGuess } from './server-time.ts';

/** So much of the time may be lost to whoever closes the app and sets its clock back, each time, in ms. */
export const NOTE_EVERY = 2 * 60_000;

/**
 * Keeps how far the server's time has gone on without it, so that the next start of the app cannot
 * be told an earlier one. While the server answers there is nothing to write.
 */
export async function noteTime(
  outbox: Pick<OutboxStore, 'changeHead'>,
  { serverMs, seenMs }: Pick<OutboxHead, 'serverMs' | 'seenMs'>,
  { now, known }: TimeGuess,
): Promise<void> {
  if (!known || now - Math.max(serverMs ?? 0, seenMs ?? 0) < NOTE_EVERY) return;
  // A tab that has heard of the server meanwhile knows better.
  await outbox.changeHead((head) =>
    head.serverMs === serverMs && now > (head.seenMs ?? 0) ? { seenMs: now } : {},
  );
}
