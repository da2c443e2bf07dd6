import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';

/**
 * A fact as it lies in the log, in the newest version of its type and with the stamp that counts.
 * Whatever is in the log was checked when it came.
 */
export function readLogged(row: {
  readonly body: string;
  readonly eff_hlc: string | null;
}): Operation {
  const operation = readOperation(row.body, row.eff_hlc ?? undefined);
  if (operation === null) throw new Error('The log holds what no version of it has written.');
  return operation;
}
