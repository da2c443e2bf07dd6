import { hash } from 'node:crypto';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { dropFromRanges } from '#shared/sync/seq-ranges.ts';
import { type DamagedFact, damagedFacts, isWhole } from '../store/damaged-facts.ts';
import type { Sqlite } from '../store/sqlite.ts';

/** What became of facts whose bytes had changed. */
export interface SetAside {
  /** Held as damaged; the phones that keep them bring them again. */
  readonly aside: number;
  /** Made whole from another copy of the same fact. */
  readonly mended: number;
  /** Ids of the first few that were set aside. */
  readonly first: readonly string[];
}

const NAMED = 5;

interface Copy {
  readonly sha256: string;
  readonly body: Uint8Array;
}

/** The same fact, whole, as somebody held it before a coordinator accepted it. */
const HELD_COPY = `select held_ops.sha256, cast(held_ops.body as blob) as body
  from main.held_ops join main.ops on ops.seq = held_ops.as_seq
  where held_ops.as_seq = ? and held_ops.op_id = ? and held_ops.decision = 'accepted'
    and held_ops.reason <> 'damaged'`;
/** The same fact as it lies in the database that the backup takes the place of. */
const PRESENT_COPY = `select lower(hex(p.sha256)) as sha256, cast(p.body as blob) as body
  from present.ops p join main.ops o on o.op_id = p.op_id where o.seq = ?`;
const PRESENT_HELD = `select p.sha256, cast(p.body as blob) as body
  from present.held_ops p join main.held_ops h on h.op_id = p.op_id and h.sha256 = p.sha256
  where h.key = ?`;
const HOLD = `insert into main.held_ops (op_id, device_key, reason, received_at, sha256, body)
  select ?, device_key, 'damaged', received_at, ?, ? from main.ops where seq = ?
  on conflict (op_id, sha256) do nothing`;

function findCopy(sqlite: Sqlite, fact: DamagedFact, hasPresent: boolean): Copy | null {
  const { at, key, opId } = fact;
  const found: Copy[] = [];
  if (at === 'log') found.push(...(sqlite.prepare(HELD_COPY).all(key, opId) as unknown as Copy[]));
  if (hasPresent) {
    const text = at === 'log' ? PRESENT_COPY : PRESENT_HELD;
    found.push(...(sqlite.prepare(text).all(key) as unknown as Copy[]));
  }
  return found.find(({ body, sha256 }) => isWhole(body, sha256) && says(body, opId)) ?? null;
}

function says(body: Uint8Array, opId: string): boolean {
  try {
    return (JSON.parse(Buffer.from(body).toString()) as { opId?: unknown }).opId === opId;
  } catch {
    return false;
  }
}

function mend(sqlite: Sqlite, { at, key }: DamagedFact, { sha256, body }: Copy): void {
  if (at === 'held') {
    sqlite.prepare('update main.held_ops set body = ? where key = ?').run(body, key);
    return;
  }
  sqlite
    .prepare('update main.ops set sha256 = ?, body = ? where seq = ?')
    .run(Buffer.from(sha256, 'hex'), Buffer.from(body).toString(), key);
}

/** The chapter no longer says that it has this number of the phone's outbox, so that it is sent again. */
function forgetReceipt(sqlite: Sqlite, seq: number): void {
  const row = sqlite
    .prepare(
      `select o.local_seq as localSeq, e.rowid as epoch, e.have from main.ops o
       join main.device_epochs e on e.device_key = o.device_key and e.db_epoch = o.db_epoch
       where o.seq = ?`,
    )
    .get(seq) as { localSeq: number; epoch: number; have: string } | undefined;
  if (row === undefined) return;
  const have = dropFromRanges(JSON.parse(row.have) as SeqRange[], row.localSeq);
  sqlite
    .prepare('update main.device_epochs set have = ? where rowid = ?')
    .run(JSON.stringify(have), row.epoch);
}

/**
 * Takes one fact out of the log. Its number stays unused, as a backup's readers all begin anew; what
 * it did to opt-outs and residents stays.
 */
function holdFromLog(sqlite: Sqlite, { key, opId, body }: DamagedFact, name: string): void {
  forgetReceipt(sqlite, key);
  sqlite.prepare(HOLD).run(opId, name, body, key);
  // Whoever accepted it is asked again: what they held is whole.
  sqlite
    .prepare(
      `update main.held_ops set decision = null, decided_by = null, decided_at = null, why = null,
       as_seq = null where as_seq = ? and reason <> 'damaged'`,
    )
    .run(key);
  sqlite.prepare('delete from main.ops where seq = ?').run(key);
}

/**
 * Takes every fact whose bytes have changed out of what counts, and keeps those bytes, held, for a
 * person. Under a name that is no fact's hash: the fact itself is new when a phone brings it again.
 * An opt-out stays, whatever became of the bytes that asked for it. One of which another copy is
 * whole is mended and stays where it is. In the transaction that the caller has open, on a file of
 * this version's schema, with the database that was there before attached as `present` or not.
 */
export function setDamagedAside(sqlite: Sqlite, hasPresent: boolean): SetAside {
  let [aside, mended] = [0, 0];
  const first: string[] = [];
  for (const fact of damagedFacts(sqlite)) {
    const copy = findCopy(sqlite, fact, hasPresent);
    if (copy !== null) {
      mend(sqlite, fact, copy);
      mended += 1;
      continue;
    }
    const named = Buffer.concat([Buffer.from(`damaged ${fact.sha256}\n`), fact.body]);
    const name = hash('sha256', named);
    if (fact.at === 'log') holdFromLog(sqlite, fact, name);
    else {
      sqlite
        .prepare(`update main.held_ops set reason = 'damaged', sha256 = ? where key = ?`)
        .run(name, fact.key);
    }
    aside += 1;
    if (first.length < NAMED) first.push(fact.opId);
  }
  return { aside, mended, first };
}
