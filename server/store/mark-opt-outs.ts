import { randomBytes } from 'node:crypto';
import type { AskSql } from './ask-sql.ts';
import type { LogWrites } from './log.ts';
import { suppressionMark } from './suppression-mark.ts';

/** Somebody with all that they can be known by again. */
export interface Markable {
  readonly id: string;
  readonly sourceId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly addressKey: string;
  readonly unitKey: string;
}

/** Columns and joins of a Markable, for a statement that names `people p`. */
export const MARKABLE = `p.id, p.source_id as "sourceId",
  coalesce(v.first_name, r.first_name) as "firstName",
  coalesce(v.last_name, r.last_name) as "lastName",
  b.address_key as "addressKey", d.unit_key as "unitKey"`;
export const MARKABLE_JOINS = `join doors d on d.key = p.door_key
  join buildings b on b.key = d.building_key
  left join voters v on v.person_key = p.key
  left join residents r on r.person_key = p.key`;

/** Whoever asked under one number is marked under all that were found to be theirs. */
const WISHES = `(select person_key, op_id from opt_outs
  union select all_of.person_key, w.op_id from opt_outs w
    join merged_people own on own.person_key = w.person_key
    join merged_people all_of on all_of.face_key = own.face_key)`;
const optedOut = (wishes: string): string => `select ${MARKABLE} from ${wishes} o
  join people p on p.key = o.person_key ${MARKABLE_JOINS}`;
const OPTED_OUT = optedOut(WISHES);
const put = (marks: number): string => {
  const rows = Array.from(
    { length: marks },
    (_, i) => `($${3 * i + 1}, $${3 * i + 2}, $${3 * i + 3})`,
  );
  return `insert into suppressions (mark, kind, at) values ${rows.join(', ')} on conflict do nothing`;
};
const PUT = put(1);
/** A whole roll's wishes are thousands, and each statement is a way to the other engine and back. */
const GROUP = 100;
const PUT_GROUP = put(GROUP);

/** The marks by which a roll's record would be the same person's: of the roll's id, of name and address. */
export function marksOf(
  key: Uint8Array,
  { sourceId, firstName, lastName, addressKey, unitKey }: Omit<Markable, 'id'>,
): { readonly kind: 'voter' | 'name'; readonly mark: Uint8Array }[] {
  const name = { firstName: firstName ?? '', lastName: lastName ?? '' };
  const byName = suppressionMark(key, { name, address: { addressKey, unitKey } });
  const byId = sourceId === null ? null : suppressionMark(key, { sourceId });
  return [
    ...(byId === null ? [] : [{ kind: 'voter' as const, mark: byId }]),
    ...(byName === null ? [] : [{ kind: 'name' as const, mark: byName }]),
  ];
}

/** The chapter's key for marks, in the transaction that is open; made with the first of them. */
export async function readSuppressKey(ask: AskSql): Promise<Uint8Array> {
  const [row] = await ask<{ key: Uint8Array | null }>('select suppress_key as key from chapter');
  if (row?.key) return row.key;
  const made = new Uint8Array(randomBytes(32));
  await ask('update chapter set suppress_key = $1', [made]);
  return made;
}

async function markAll(ask: AskSql, rows: readonly Markable[], now: number): Promise<void> {
  if (rows.length === 0) return;
  const key = await readSuppressKey(ask);
  const marks = rows.flatMap((row) => marksOf(key, row));
  const grouped = marks.length - (marks.length % GROUP);
  for (let at = 0; at < grouped; at += GROUP) {
    const values = marks.slice(at, at + GROUP).flatMap(({ kind, mark }) => [mark, kind, now]);
    await ask(PUT_GROUP, values);
  }
  for (const { kind, mark } of marks.slice(grouped)) await ask(PUT, [mark, kind, now]);
}

/** Marks everybody who has asked not to be contacted, as they are known now. Safe to repeat. */
export async function markOptOuts(ask: AskSql, now: number): Promise<void> {
  await markAll(ask, await ask<Markable>(OPTED_OUT), now);
}

/** The same in a database of before anybody was found twice, which a migration brings up to date. */
export async function markFirstOptOuts(ask: AskSql, now: number): Promise<void> {
  await markAll(ask, await ask<Markable>(optedOut('opt_outs')), now);
}

/** The same for one person and all whom they were found to be. */
export async function markGroup(ask: AskSql, key: number, now: number): Promise<void> {
  const of = `o.person_key = $1 or o.person_key in (select q.person_key from merged_people q
    join merged_people own on own.face_key = q.face_key where own.person_key = $1)`;
  await markAll(ask, await ask<Markable>(`${OPTED_OUT} where ${of}`, [key]), now);
}

/** Marks those whom these facts have opted out, in the same transaction. */
export async function markNewOptOuts(
  ask: AskSql,
  { optOuts, doorOptOuts, now }: Pick<LogWrites, 'optOuts' | 'doorOptOuts' | 'now'>,
): Promise<void> {
  const opIds = new Set([...optOuts, ...doorOptOuts].map(({ opId }) => opId));
  for (const opId of opIds) {
    await markAll(ask, await ask<Markable>(`${OPTED_OUT} where o.op_id = $1`, [opId]), now);
  }
}
