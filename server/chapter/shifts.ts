import { hash } from 'node:crypto';
import { foldSignUps } from '#shared/canvass/sign-ups.ts';
import { makeId, type MemberId, type ShiftId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type {
  AnnouncedShift,
  PlannedShift,
  SaveShift,
  ShiftNews,
} from '#shared/model/next-shift.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import { factsOfType } from '../sync/facts-of-type.ts';

/** Shifts that are over are shown at the desk for so long. */
const SHOWN_FOR = 14 * 24 * 3_600_000;
/** As many as a phone shows. */
const ON_PHONES = 6;

const selectSince = fixedQuery((db, { since }: { readonly since: number }) =>
  db
    .selectFrom('shifts')
    .selectAll()
    .where('ends_at', '>', since)
    .orderBy('starts_at')
    .orderBy('id'),
);

function toShift(row: Awaited<ReturnType<typeof selectSince>>[number]) {
  const { id, name, place, starts_at: startsAt, ends_at: endsAt } = row;
  return { id, name, place, startsAt, endsAt };
}

async function readSignUps(db: Pick<ChapterDb, 'read'>) {
  const facts = await factsOfType(db.read, 'sign-up');
  return foldSignUps(facts.map(({ operation }) => operation));
}

/** Shifts to come and those of the last two weeks, with who said that they come. */
export async function listShifts(db: ChapterDb, now: number): Promise<PlannedShift[]> {
  const rows = await selectSince(db.read, { since: now - SHOWN_FOR });
  if (rows.length === 0) return [];
  const signUps = await readSignUps(db);
  const members = await db.read.selectFrom('members').select(['id', 'name']).execute();
  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return rows.map((row) => {
    const said = [...(signUps.get(row.id) ?? [])];
    const those = (coming: boolean) =>
      said
        .filter(([, fact]) => fact.payload.coming === coming)
        .map(([memberId]) => ({ memberId, name: nameOf.get(memberId) ?? '' }));
    return {
      ...toShift(row),
      cancelled: row.cancelled_at !== null,
      coming: those(true),
      notComing: those(false),
    };
  });
}

async function announced(db: Pick<ChapterDb, 'read'>, now: number): Promise<AnnouncedShift[]> {
  const rows = await selectSince(db.read, { since: now });
  return rows
    .filter((row) => row.cancelled_at === null)
    .slice(0, ON_PHONES)
    .map(toShift);
}

const markOf = (shifts: readonly AnnouncedShift[]): string =>
  shifts.length === 0 ? '' : hash('sha256', JSON.stringify(shifts)).slice(0, 16);

/** The shifts to come, for a phone whose own have this mark; null where it has the same. */
export async function shiftNews(
  db: Pick<ChapterDb, 'read'>,
  mark: string,
  now: number,
): Promise<ShiftNews | null> {
  const shifts = await announced(db, now);
  const own = markOf(shifts);
  return own === mark ? null : { mark: own, shifts };
}

/** The next shifts as a phone shows them to whoever has it. */
export async function nextShifts(
  db: Pick<ChapterDb, 'read'>,
  deviceKey: number,
  now: number,
): Promise<Pick<Packet, 'shifts' | 'shiftsMark'>> {
  const shifts = await announced(db, now);
  if (shifts.length === 0) return {};
  const signUps = await readSignUps(db);
  const device = await db.read
    .selectFrom('devices')
    .select('member_id')
    .where('key', '=', deviceKey)
    .executeTakeFirst();
  const own = (id: ShiftId) => device && signUps.get(id)?.get(device.member_id);
  const said = shifts.map((one) => ({ ...one, coming: own(one.id)?.payload.coming ?? null }));
  return { shifts: said, shiftsMark: markOf(shifts) };
}

function columnsOf(wish: SaveShift) {
  return {
    name: wish.name.trim(),
    place: wish.place.trim(),
    starts_at: wish.startsAt,
    ends_at: wish.endsAt,
  };
}

const endsFirst = () => fail(problem('not-valid', { reason: 'the shift ends before it begins' }));

/** Announces a shift: phones show it from their next contact on. */
export async function makeShift(
  db: ChapterDb,
  wish: SaveShift,
  by: MemberId,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<{ readonly id: ShiftId }>> {
  if (wish.endsAt <= wish.startsAt) return endsFirst();
  const now = clock();
  const id = makeId<ShiftId>(now, random);
  const made = { made_by: by, made_at: now, cancelled_at: null };
  await db.write((trx) =>
    trx
      .insertInto('shifts')
      .values({ id, ...columnsOf(wish), ...made })
      .execute(),
  );
  return ok({ id });
}

/** Another name, place or time; whoever has said that they come stays so. */
export async function changeShift(
  db: ChapterDb,
  id: ShiftId,
  wish: SaveShift,
): Promise<Result<null>> {
  if (wish.endsAt <= wish.startsAt) return endsFirst();
  const done = await db.write((trx) =>
    trx.updateTable('shifts').set(columnsOf(wish)).where('id', '=', id).executeTakeFirst(),
  );
  return done.numUpdatedRows === 0n ? fail(problem('not-found')) : ok(null);
}

/** Cancels a shift: it stays in the chapter's books, and no phone shows it any more. */
export async function cancelShift(db: ChapterDb, id: ShiftId, now: number): Promise<Result<null>> {
  const done = await db.write((trx) =>
    trx.updateTable('shifts').set({ cancelled_at: now }).where('id', '=', id).executeTakeFirst(),
  );
  return done.numUpdatedRows === 0n ? fail(problem('not-found')) : ok(null);
}
