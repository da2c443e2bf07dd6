import { createSecretKey } from 'node:crypto';
import { markName, markNameOf } from '../store/suppression-mark.ts';
import type { Sqlite } from '../store/sqlite.ts';

/** What a record of a new roll is looked at for: the marks of those whom it must not bring back. */
export interface MarkLookup {
  /** How the record stands: `erased` has no place in the roll, `suppressed` is never contacted. */
  find(who: {
    readonly sourceId: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly addressKey: string;
    readonly unitKey: string;
  }): 'erased' | 'suppressed' | null;
}

function readSet(sqlite: Sqlite, table: 'suppressions' | 'erasures'): ReadonlySet<string> {
  const rows = sqlite.prepare(`select mark from ${table}`).all() as { mark: Uint8Array }[];
  return new Set(rows.map(({ mark }) => markName(mark)));
}

const NONE: MarkLookup = { find: () => null };

/**
 * Makes the look-up for one import. Two hashes a record, about 6 µs, and nothing at all in a chapter
 * where nobody has asked for anything.
 */
export function readMarks(sqlite: Sqlite): MarkLookup {
  const suppressed = readSet(sqlite, 'suppressions');
  const erased = readSet(sqlite, 'erasures');
  if (suppressed.size + erased.size === 0) return NONE;
  const { key } = sqlite.prepare('select suppress_key as key from chapter').get() as {
    key: Uint8Array;
  };
  const secret = createSecretKey(key);
  return {
    find({ sourceId, firstName, lastName, addressKey, unitKey }) {
      const byId = markNameOf(secret, { sourceId }) ?? '';
      const name = { firstName, lastName };
      const byName = markNameOf(secret, { name, address: { addressKey, unitKey } }) ?? '';
      if (erased.has(byId) || erased.has(byName)) return 'erased';
      return suppressed.has(byId) || suppressed.has(byName) ? 'suppressed' : null;
    },
  };
}
