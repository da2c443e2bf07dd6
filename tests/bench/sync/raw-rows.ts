import { parseUuid } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Outbox } from './knocks.ts';

/** One row of the log, with small made-up keys where ours are looked up. */
export type RawRow = readonly [
  opId: Uint8Array,
  type: string,
  doorKey: number,
  personKey: number,
  deviceKey: number,
  dbEpoch: string,
  localSeq: number,
  at: number,
  receivedAt: number,
  sha256: Uint8Array,
  body: string,
];

const DOORS = 2_400;

/** What a server would write for these facts: the drivers get it ready made. */
export function toRows(outboxes: readonly Outbox[]): RawRow[] {
  return outboxes.flatMap(({ phone, ops }) =>
    ops.map(({ sha256, body }, i): RawRow => {
      const { opId, type, dbEpoch, localSeq, at } = JSON.parse(body) as Operation;
      const door = 1 + ((phone * 61 + i * 37) % DOORS);
      const key = parseUuid(opId);
      const hash = Buffer.from(sha256, 'hex');
      return [key, type, door, door, phone + 1, dbEpoch, localSeq, at.ms, at.ms, hash, body];
    }),
  );
}
