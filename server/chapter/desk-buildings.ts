import { sql } from 'kysely';
import { rememberBuildings } from '#shared/canvass/building-memory.ts';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { standingByDoor } from '#shared/canvass/standing-by-door.ts';
import type { BuildingId, DeviceId, MemberId } from '#shared/kernel/ids.ts';
import type { BuildingPage, DeskBuilding } from '#shared/model/desk-buildings.ts';
import type { Envelope } from '#shared/model/operation.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { factsOfType } from '../sync/facts-of-type.ts';
import { deskDevice } from './desk-device.ts';

/** Buildings of a page. */
const PAGE = 25;

type Said = Envelope<'building'>;
type Db = Pick<ChapterDb, 'read'>;

const addressOf = sql<string>`buildings.number || ' ' || buildings.street`;

const toStart = (typed: string): string =>
  typed
    .replaceAll(/[\s,\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase();

interface Matches {
  readonly ids: readonly BuildingId[];
  /** Of all pages. */
  readonly total: number;
}

/**
 * A page of the buildings whose address, or its street, begins with what was typed: by street, then
 * as the houses are numbered.
 */
async function search({ read }: Db, start: string, after: number): Promise<Matches> {
  const pattern = `${start.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const matching = read.selectFrom('buildings').where(
    sql<boolean>`(lower(${addressOf}) like ${pattern} escape ${'\\'}
        or lower(buildings.street) like ${pattern} escape ${'\\'})`,
  );
  const { total } = await matching
    .select((of) => of.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .select('buildings.id')
    .orderBy('buildings.street')
    .orderBy(sql`length(buildings.number)`)
    .orderBy('buildings.number')
    .orderBy('buildings.key')
    .limit(PAGE)
    .offset(after)
    .execute();
  return { ids: rows.map(({ id }) => id), total };
}

/** A page of the buildings of which something was said, the last first. */
function findSaid(said: ReadonlyMap<BuildingId, readonly Said[]>, after: number): Matches {
  const newest = (id: BuildingId): string => said.get(id)?.at(-1)?.hlc ?? '';
  const ids = [...said.keys()].sort((a, b) =>
    newest(a) < newest(b) ? 1 : newest(a) > newest(b) ? -1 : 0,
  );
  return { ids: ids.slice(after, after + PAGE), total: ids.length };
}

async function readNames({ read }: Db): Promise<ReadonlyMap<MemberId, string>> {
  const rows = await read.selectFrom('members').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What was said of each building and stands, oldest first. */
async function readSaid(db: Db): Promise<ReadonlyMap<BuildingId, readonly Said[]>> {
  const facts = await factsOfType(db.read, 'building');
  const said = new Map<BuildingId, Said[]>();
  for (const fact of standingByDoor(facts.map(({ operation }) => operation))) {
    if (fact.type !== 'building') continue;
    const of = said.get(fact.payload.buildingId);
    if (of === undefined) said.set(fact.payload.buildingId, [fact]);
    else of.push(fact);
  }
  return said;
}

/**
 * What is remembered of buildings, those of which something was said last first; with words, the
 * buildings whose address begins so in the order of the street, also those of which nothing is known
 * yet. A page, from `after` on.
 */
export async function listBuildings(db: Db, typed: string, after: number): Promise<BuildingPage> {
  const start = toStart(typed);
  const said = await readSaid(db);
  const { ids: shown, total } =
    start === '' ? findSaid(said, after) : await search(db, start, after);
  const rows =
    shown.length === 0
      ? []
      : await db.read
          .selectFrom('buildings')
          .select(['id', 'number', 'street', 'city'])
          .where('id', 'in', shown)
          .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const names = await readNames(db);
  const desks = new Map<MemberId, DeviceId>();
  const deskOf = (member: MemberId): DeviceId => {
    const known = desks.get(member) ?? deskDevice(member);
    desks.set(member, known);
    return known;
  };
  const buildings = shown.flatMap((id): DeskBuilding[] => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const all = said.get(id) ?? [];
    const known = (rememberBuildings(all).get(id) ?? []).map((one) => ({
      about: one.about,
      text: one.text,
      onMap: one.place !== null,
      at: one.at.ms,
      who: names.get(one.actorId) ?? '',
      seenBy: one.seenBy,
    }));
    const told = all.toReversed().map((fact) => ({
      opId: fact.opId,
      about: fact.payload.about,
      text: fact.payload.text,
      at: knockedAt(fact).ms,
      who: names.get(fact.actorId) ?? '',
      atDesk: fact.deviceId === deskOf(fact.actorId),
    }));
    return [{ ...row, known, told }];
  });
  return { buildings, total, next: after + PAGE < total ? after + PAGE : null };
}
