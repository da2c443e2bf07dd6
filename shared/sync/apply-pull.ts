import type { DoorId, OpId } from '../kernel/ids.ts';
import type { Stamp } from '../merge/stamps.ts';
import type { Change } from './protocol.ts';
import { readOperation } from './read-operation.ts';

/** A row of the phone's read model. */
export interface LogRow {
  readonly opId: OpId;
  readonly seq: number;
  /** Null when this version cannot read the operation; the row is kept for one that can. */
  readonly doorId: DoorId | null;
  readonly body: string;
  /** The stamp that counts instead of the operation's own (P11). */
  readonly eff?: string;
}

/** What one page of changes writes: these rows and this cursor, in one transaction (P7). */
export interface PulledPage {
  readonly rows: readonly LogRow[];
  readonly cursor: string;
  /** The latest stamp among them, for the phone's clock. */
  readonly seen: Stamp | null;
}

/** Turns a page of the log into rows of the read model. Writing a page twice changes nothing. */
export function applyPull(changes: readonly Change[], cursor: string): PulledPage {
  let seen: Stamp | null = null;
  const rows = changes.map((change) => {
    const operation = readOperation(change.body, change.eff);
    if (operation !== null && (seen === null || operation.hlc > seen)) seen = operation.hlc;
    return {
      opId: change.opId,
      seq: change.seq,
      doorId: operation?.entityId ?? null,
      body: change.body,
      ...(change.eff === undefined ? {} : { eff: change.eff }),
    };
  });
  return { rows, cursor, seen };
}
