import { hash } from 'node:crypto';
import { formatUuid } from '#shared/kernel/ids.ts';
import type { Sqlite } from './sqlite.ts';

/** A stored fact whose bytes are not those of its hash. */
export interface DamagedFact {
  /** In the log by its number, or held by its key. */
  readonly at: 'log' | 'held';
  readonly key: number;
  readonly opId: string;
  /** As it lies there. */
  readonly body: Uint8Array;
  /** The hash beside it, hex. */
  readonly sha256: string;
}

/** What a look at every stored fact has found. */
export interface FactDamage {
  readonly facts: number;
  readonly held: number;
  /** Ids of the first few. */
  readonly first: readonly string[];
}

/** Rows at once: held bytes may be large. */
const LOG_PAGE = 1000;
const HELD_PAGE = 50;
const NAMED = 5;

/** Bytes that SQLite gives as they are: a text would be cut at a NUL and mended where it is no UTF-8. */
const LOG = `select seq as key, op_id as opId, sha256, cast(body as blob) as body from ops
  where seq > ? order by seq limit ${LOG_PAGE}`;
/**
 * What came with a hash that is not its own is kept under a name that cannot be computed again; it
 * was damaged when it came, and can only be discarded. What was emptied keeps the name of what it was.
 */
const HELD = `select key, op_id as opId, sha256, cast(body as blob) as body from held_ops
  where key > ? and reason not in ('corrupt', 'damaged') and emptied = 0
    order by key limit ${HELD_PAGE}`;

interface Row<Name> {
  readonly key: number;
  readonly opId: Name;
  readonly sha256: Name;
  readonly body: Uint8Array;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** False when the bytes name another operation than the one that they are filed under. */
function namesItself(body: Uint8Array, opId: string): boolean {
  try {
    const said = JSON.parse(Buffer.from(body).toString()) as { opId?: unknown } | null;
    return typeof said?.opId !== 'string' || said.opId === opId;
  } catch {
    return true;
  }
}

/** True when the bytes are what the hash beside them says. */
export function isWhole(body: Uint8Array, sha256: string): boolean {
  return hash('sha256', body) === sha256;
}

function* pages<T extends { readonly key: number }>(
  sqlite: Sqlite,
  text: string,
  page: number,
): Generator<T> {
  const statement = sqlite.prepare(text);
  for (let after = 0; ;) {
    const rows = statement.all(after) as unknown as T[];
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)?.key ?? after;
  }
}

/**
 * Every stored fact whose bytes have changed since they came, the log first. A page of them is in
 * memory at a time, whatever their number; a fact that was handed out may be changed or deleted.
 */
export function* damagedFacts(sqlite: Sqlite): Generator<DamagedFact> {
  for (const { key, opId: id, sha256, body } of pages<Row<Uint8Array>>(sqlite, LOG, LOG_PAGE)) {
    const opId = id.length === 16 ? formatUuid(id) : hex(id);
    if (isWhole(body, hex(sha256)) && namesItself(body, opId)) continue;
    yield { at: 'log', key, opId, body, sha256: hex(sha256) };
  }
  for (const row of pages<Row<string>>(sqlite, HELD, HELD_PAGE)) {
    if (!isWhole(row.body, row.sha256)) yield { at: 'held', ...row };
  }
}

/** Reads every stored fact against its hash; null when all of them are whole. */
export function findFactDamage(sqlite: Sqlite): FactDamage | null {
  const count = { log: 0, held: 0 };
  const first: string[] = [];
  for (const { at, opId } of damagedFacts(sqlite)) {
    count[at] += 1;
    if (first.length < NAMED) first.push(opId);
  }
  if (count.log + count.held === 0) return null;
  return { facts: count.log, held: count.held, first };
}

/** The damage in words: how many, and the first of them. */
export function sayFactDamage({ facts, held, first }: FactDamage): string {
  const count = facts + held;
  const named = `${first.join(', ')}${count > first.length ? ' …' : ''}`;
  const which = held === 0 ? '' : `, ${held} of them among what is held`;
  return `${count} stored facts are not the bytes of their hash${which}: ${named}`;
}
