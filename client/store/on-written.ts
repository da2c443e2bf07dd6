import { Dexie, type IntervalTree, type ObservabilitySet } from 'dexie';

/** Of more keys than this all rows are read again: one by one would take longer. */
const MOST = 50;

/** The keys of a set as Dexie keeps it, a tree of ranges; null when it holds more than single keys, or many. */
export function keysOf(ranges: IntervalTree, found: string[] = []): readonly string[] | null {
  if (!('from' in ranges) || ranges.from === undefined) return found;
  const { from, to, l, r } = ranges;
  if (typeof from !== 'string' || from !== to || found.length >= MOST) return null;
  found.push(from);
  for (const part of [l, r]) {
    if (part && keysOf(part, found) === null) return null;
  }
  return found;
}

/**
 * Calls back at once when one of these tables of a database was written, in any tab: with the table
 * and the keys of its rows, null for any number of them. Gives how to stop.
 */
export function onWritten(
  database: string,
  tables: readonly string[],
  heard: (table: string, keys: readonly string[] | null) => void,
): () => void {
  const hear = (parts: ObservabilitySet): void => {
    for (const table of tables) {
      const rows = parts[`idb://${database}/${table}/`];
      if (parts.all !== undefined) heard(table, null);
      else if (rows !== undefined) heard(table, keysOf(rows));
    }
  };
  Dexie.on.storagemutated.subscribe(hear);
  return () => Dexie.on.storagemutated.unsubscribe(hear);
}
