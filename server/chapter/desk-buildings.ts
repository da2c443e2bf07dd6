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
/** Buildings that a search may find; beyond, whoever searches types more. */
const MOST_FOUND = 200;

type Said = Envelope<'building'>;
type Db = Pick<ChapterDb, 'read'>;

const addressOf = sql<string>`buildings.number || ' ' || buildings.street`;

const toStart = (typed: string): string =>
  typed
    .replaceAll(/[\s,\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** The buildings whose address, or its street, begins with what was typed. */
async function search({ read }: Db, start: string): Promise<BuildingId[]> {
  const pattern = `${start.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await read
    .selectFrom('buildings')
    .select('buildings.id')
    .where(
      sql<boolean>`(lower(${addressOf}) like ${pattern} escape ${'\\'}
        or lower(buildings.street) like ${pattern} escape ${'\\'})`,
    )
    .orderBy('buildings.street')
    .orderBy('buildings.key')
    .limit(MOST_FOUND)
    .execute();
  return rows.map(({ id }) => id);
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
 * buildings whose address begins so, also those of which nothing is known yet. From `after` on.
 */
export async function listBuildings(db: Db, typed: string, after: number): Promise<BuildingPage> {
  const start = toStart(typed);
  const said = await readSaid(db);
  const newest = (id: BuildingId): string => said.get(id)?.at(-1)?.hlc ?? '';
  const ids = start === '' ? [...said.keys()] : await search(db, start);
  const ordered = [...ids].sort((a, b) =>
    newest(a) < newest(b) ? 1 : newest(a) > newest(b) ? -1 : 0,
  );
  const shown = ordered.slice(after, after + PAGE);
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
  const next = after + PAGE < ordered.length ? after + PAGE : null;
  return { buildings, total: ordered.length, next };
}
