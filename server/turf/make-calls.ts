import { makeId, type TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { Position } from '#shared/model/geojson.ts';
import { CALLS, type MadeTurfs, type MakeCalls } from '#shared/model/turf-kind.ts';
import { squareAround } from '#shared/turf/square-around.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import { makeAsideUniverse } from './aside-universe.ts';
import { type Callable, findCallable, findListed } from './find-callable.ts';
import { findUniverse } from './universes.ts';
import { replaceDoors, replaceTargets } from './write-doors.ts';
import { Refused, writeOrRefuse } from './write-or-refuse.ts';

const HUES = 12;
const LONGEST_NAME = 80;
/** Nobody walks it: the outline is there because a turf has one. */
const AROUND_METRES = 30;
/** Rows that one statement inserts. */
const ROWS = 500;

type Household = readonly Callable[];

/** By household, in the order of names: a list is read as a directory, whatever the streets. */
function byHousehold(people: readonly Callable[]): readonly Household[] {
  const doors = new Map<number, Callable[]>();
  for (const one of people) {
    const home = doors.get(one.door);
    if (home === undefined) doors.set(one.door, [one]);
    else home.push(one);
  }
  const nameOf = ([first]: Household): string =>
    `${first?.lastName ?? ''} ${first?.firstName ?? ''}`.toUpperCase();
  return [...doors.values()].sort((a, b) => {
    const [left, right] = [nameOf(a), nameOf(b)];
    return left < right ? -1 : left > right ? 1 : (a[0]?.door ?? 0) - (b[0]?.door ?? 0);
  });
}

function share(homes: readonly Household[], perList: number): readonly (readonly Household[])[] {
  const lists: Household[][] = [];
  let room = 0;
  for (const home of homes) {
    if (home.length > room || lists.length === 0) {
      lists.push([]);
      room = perList;
    }
    lists.at(-1)?.push(home);
    room -= home.length;
  }
  return lists;
}

function middleOf(people: readonly Callable[]): Position {
  const placed = people.filter(({ lon, lat }) => lon !== null && lat !== null);
  const sum = (of: (one: Callable) => number | null): number =>
    placed.reduce((all, one) => all + (of(one) ?? 0), 0) / Math.max(1, placed.length);
  return [sum(({ lon }) => lon), sum(({ lat }) => lat)];
}

/** `Calls 3`, however long the name is. */
function nameOf(name: string, at: number, lists: number): string {
  const mark = lists === 1 ? '' : ` ${at + 1}`;
  return (
    Array.from(name)
      .slice(0, LONGEST_NAME - mark.length)
      .join('') + mark
  );
}

/**
 * Lists of people to be called: those of a universe who have a telephone. Each is a turf of its own,
 * at their doors, open for codes at once, so that what they say on the telephone lies where they
 * live. Problems: not-found, nobody-to-call.
 */
export async function makeCalls(
  { db, member }: StaffActor,
  wish: MakeCalls,
  means: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<MadeTurfs>> {
  const universe = await findUniverse(db, wish.universeId);
  if (universe === null) return fail(problem('not-found'));
  const lots = wish.lists ?? CALLS.lists;
  const most = wish.perList * lots;
  const found = await findCallable(db.read, universe.question, most + 1);
  const { campaign } = await readChapter(db);
  const now = means.clock();
  const name = wish.name.trim();
  return writeOrRefuse(db, async (trx): Promise<MadeTurfs> => {
    // Somebody else may have made lists of them since they were found.
    const listed = await findListed(trx, found);
    const free = found.filter(({ person }) => !listed.has(person));
    if (free.length === 0) {
      throw new Refused(problem('nobody-to-call', { universe: universe.name }));
    }
    const lists = share(byHousehold(free.slice(0, most)), wish.perList).slice(0, lots);
    const people = lists.flat(2);
    const outline = JSON.stringify(squareAround(middleOf(people), AROUND_METRES));
    const doors = lists.flat().length;
    const of = { campaignId: campaign.id, name, by: member.id, people: people.length, doors };
    const universeId = await makeAsideUniverse(trx, of, means);
    for (let at = 0; at < people.length; at += ROWS) {
      const part = people.slice(at, at + ROWS);
      const rows = part.map(({ person }) => ({ universe_id: universeId, person_key: person }));
      await trx.insertInto('universe_people').values(rows).execute();
    }
    const ids: TurfId[] = [];
    for (const [at, homes] of lists.entries()) {
      const id = makeId<TurfId>(now, means.random);
      ids.push(id);
      await trx
        .insertInto('turfs')
        .values({
          id,
          campaign_id: campaign.id,
          universe_id: universeId,
          kind: 'calls',
          name: nameOf(name, at, lists.length),
          hue: at % HUES,
          state: 'published',
          version: 1,
          outline,
          // In the order of their making, as they are shown.
          created_at: now + at,
          published_at: now,
        })
        .execute();
      const keys = homes.flatMap(([first]) => (first === undefined ? [] : [{ key: first.door }]));
      await replaceDoors(trx, id, keys, now);
      const targets = homes.flat().map(({ person }) => ({ personKey: person }));
      await replaceTargets(trx, id, targets);
    }
    return { turfIds: ids, people: people.length, more: free.length > people.length };
  });
}
