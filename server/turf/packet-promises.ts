import type { Transaction } from 'kysely';
import { formatUuid, parseUuid, type TurfId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import { wordsOf } from '../chapter/petitions.ts';
import type { Tables } from '../store/tables.ts';

/**
 * What a phone needs to have things signed, promised and allowed: open petitions, the chapter's own
 * words, who at the desk can be promised something, and what became of promises at the turf's doors.
 */
export async function readPacketPromises(
  trx: Transaction<Tables>,
  turfId: TurfId,
): Promise<Pick<Packet, 'petitions' | 'asked' | 'staff' | 'promises'>> {
  const open = await trx
    .selectFrom('petitions')
    .select(['id', 'kind', 'title', 'wording', 'language', 'translations'])
    .where('opened_at', 'is not', null)
    .where('closed_at', 'is', null)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  const asked = await trx
    .selectFrom('asked_words')
    .select(['about', 'language', 'wording'])
    .orderBy('about')
    .orderBy('language')
    .execute();
  const staff = await trx
    .selectFrom('members')
    .select(['id', 'name'])
    .where('left_at', 'is', null)
    .where('role', '<>', 'canvasser')
    .orderBy('name')
    .orderBy('id')
    .execute();
  const petitions = open.map((row) => {
    const { id, kind, title } = row;
    return { id, kind, title, ...wordsOf(row) };
  });
  return { petitions, asked, staff, promises: await readPromises(trx, turfId) };
}

/** Ids of one statement. */
const AT_ONCE = 500;

async function readPromises(
  trx: Transaction<Tables>,
  turfId: TurfId,
): Promise<NonNullable<Packet['promises']>> {
  const states = await trx
    .selectFrom('follow_up_states')
    .select(['op_id', 'who_id', 'by_day', 'ended'])
    .execute();
  const here = new Set<string>();
  for (let at = 0; at < states.length; at += AT_ONCE) {
    const ids = states.slice(at, at + AT_ONCE).map(({ op_id: id }) => parseUuid(id));
    const rows = await trx
      .selectFrom('ops')
      .innerJoin('turf_doors', 'turf_doors.door_key', 'ops.door_key')
      .select('ops.op_id')
      .where('turf_doors.turf_id', '=', turfId)
      .where('turf_doors.removed_seq', 'is', null)
      .where('ops.op_id', 'in', ids)
      .execute();
    for (const { op_id: id } of rows) here.add(formatUuid(id));
  }
  return states.flatMap(({ op_id: id, who_id: whoId, by_day: by, ended: end }) =>
    here.has(id) ? [{ id, whoId, by, end }] : [],
  );
}
