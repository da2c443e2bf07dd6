import type { Identity, OutboxStore } from '../store/outbox-store.ts';
import { clockOffset } from './clock-offset.ts';
import type { CoreClock } from './ports.ts';

/** What every answer of the server says of itself. */
export interface Heard {
  readonly incarnation: string;
  readonly serverNow: number;
}

/** Keeps what an answer teaches: the server's clock, and which life of its database answered. */
export function noteContact(
  ports: { readonly outbox: OutboxStore; readonly clock: CoreClock },
  identity: Identity,
  { incarnation, serverNow }: Heard,
  askedAt: number,
): Promise<void> {
  return ports.outbox.noteContact({
    deviceId: identity.deviceId,
    incarnation,
    serverMs: serverNow,
    clockOffsetMs: clockOffset(serverNow, askedAt, ports.clock.now()),
  });
}
