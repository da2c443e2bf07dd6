import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { shiftTotals } from '#shared/canvass/shift-totals.ts';
import { startOfDay } from '#shared/kernel/start-of-day.ts';
import type { LaunchBoard, LaunchDay } from '#shared/model/launch.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import { readLogged } from '../sync/read-logged.ts';
import { readLaunchRows } from './launch-rows.ts';

/** Facts that are read at one time. */
const PAGE = 2000;

const selectAfter = fixedQuery((db, { after }: { readonly after: number }) =>
  db
    .selectFrom('ops')
    .select(['seq', 'body', 'eff_hlc', 'device_key', 'door_key'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(PAGE),
);

const selectNext = fixedQuery((db, { from }: { readonly from: number }) =>
  db
    .selectFrom('ops')
    .select(['seq', 'received_at'])
    .where('seq', '>=', from)
    .orderBy('seq')
    .limit(1),
);

interface DoorDay {
  readonly facts: Operation[];
  readonly knocks: number;
  readonly contacts: number;
}

/** What is known of a chapter's day, up to a moment of its log. */
interface Day {
  readonly incarnation: string;
  readonly since: number;
  /** By the door that they are said of, whatever id it had there. */
  readonly doors: Map<number, DoorDay>;
  readonly phones: Set<number>;
  upTo: number;
  knocked: number;
  knocks: number;
  contacts: number;
}

/** Where the log stood when the day began: it lies there in the order of arrival. */
async function findStart(db: ChapterDb, since: number): Promise<number> {
  const { seq } = await db.read.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
  let [low, high] = [1, seq + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [row] = await selectNext(db.read, { from: middle });
    if (row !== undefined && row.received_at < since) low = row.seq + 1;
    else high = middle;
  }
  return low - 1;
}

interface DayFact {
  readonly fact: Operation;
  readonly deviceKey: number;
  readonly doorKey: number;
}

function addFacts(day: Day, facts: readonly DayFact[]): void {
  const touched = new Map<number, Operation[]>();
  for (const { fact, deviceKey, doorKey } of facts) {
    // A phone that comes home after days brings what was done on those.
    if (knockedAt(fact).ms < day.since) continue;
    if (fact.type === 'knock') day.phones.add(deviceKey);
    const door = touched.get(doorKey);
    if (door === undefined) touched.set(doorKey, [fact]);
    else door.push(fact);
  }
  for (const [doorKey, more] of touched) {
    const before = day.doors.get(doorKey) ?? { facts: [], knocks: 0, contacts: 0 };
    const after = [...before.facts, ...more];
    const { knocks, contacts } = shiftTotals(after);
    day.doors.set(doorKey, { facts: after, knocks, contacts });
    day.knocked += (knocks > 0 ? 1 : 0) - (before.knocks > 0 ? 1 : 0);
    day.knocks += knocks - before.knocks;
    day.contacts += contacts - before.contacts;
  }
}

/**
 * What was done today, remembered: a log only grows, so that each time the facts since the last time
 * are read and the doors that they touch are reckoned anew, however many there were before.
 */
export class LaunchDays {
  readonly #known = new WeakMap<ChapterDb, Day>();
  /** One reading at a time for each chapter: two at once would count a fact twice. */
  readonly #turns = new WeakMap<ChapterDb, Promise<unknown>>();

  read(db: ChapterDb, now: number): Promise<LaunchDay> {
    const turn = (this.#turns.get(db) ?? Promise.resolve()).then(() => this.#read(db, now));
    this.#turns.set(
      db,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async #read(db: ChapterDb, now: number): Promise<LaunchDay> {
    const { chapter, incarnation } = await readChapter(db);
    const since = startOfDay(now, chapter.timeZone);
    const known = this.#known.get(db);
    const goesOn = known?.since === since && known.incarnation === incarnation;
    const day = goesOn ? known : await this.#begin(db, incarnation, since);
    for (;;) {
      const rows = await selectAfter(db.read, { after: day.upTo });
      addFacts(
        day,
        rows.map((row) => ({
          fact: readLogged(row),
          deviceKey: row.device_key,
          doorKey: row.door_key,
        })),
      );
      day.upTo = rows.at(-1)?.seq ?? day.upTo;
      if (rows.length < PAGE) break;
    }
    const { knocked: doors, knocks, contacts, phones } = day;
    return { since, doors, knocks, contacts, phones: phones.size };
  }

  async #begin(db: ChapterDb, incarnation: string, since: number): Promise<Day> {
    const day = {
      incarnation,
      since,
      doors: new Map(),
      phones: new Set<number>(),
      upTo: await findStart(db, since),
      knocked: 0,
      knocks: 0,
      contacts: 0,
    };
    this.#known.set(db, day);
    return day;
  }
}

/** All that the launch board shows beside what happened in each turf. */
export async function readLaunchBoard(
  db: ChapterDb,
  days: LaunchDays,
  now: number,
): Promise<LaunchBoard> {
  return { rows: await readLaunchRows(db, now), day: await days.read(db, now) };
}
