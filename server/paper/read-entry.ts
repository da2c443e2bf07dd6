import { createHmac } from 'node:crypto';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import type { DeviceId, TurfId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { EnteredAlso, EnteredLine, PaperSheet } from '#shared/model/paper.ts';
import type { ScriptVersion } from '#shared/model/script.ts';
import { turfNumber } from '#shared/paper/turf-number.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { currentScript, listScripts } from '../chapter/scripts.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readSecret } from '../store/read-secret.ts';
import { readLogged } from '../sync/read-logged.ts';
import { readAskedOnPaper } from './asked-on-paper.ts';
import { readTurfPaper } from './read-turf-paper.ts';
import { readTagsOnPaper } from './tags-on-paper.ts';

/** The devices that stand for paper, each with the name of whoever walked. */
async function readWalkers({ read }: ChapterDb): Promise<ReadonlyMap<DeviceId, string>> {
  const rows = await read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.id', 'members.name'])
    .where('devices.entered_by', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What a fact says beside a knock or a note; null: nothing that paper can say. */
function alsoOf({ type, payload }: Operation): EnteredAlso | null {
  if (type === 'resident') {
    return { type, firstName: payload.firstName, lastName: payload.lastName };
  }
  if (type === 'consent') return { type, recipients: payload.recipients, given: payload.given };
  if (type === 'contact-consent') return { type, channel: payload.channel, given: payload.given };
  if (type === 'correct') return { type, field: payload.field, value: payload.value };
  if (type === 'lit-drop') return { type };
  if (type === 'tag') return { type, tag: payload.tag, on: payload.on };
  if (type === 'door') return { type, unit: payload.unit };
  if (type !== 'follow-up' || payload.keeps !== undefined) return null;
  return { type, text: payload.text, whoId: payload.whoId, by: payload.by };
}

function toLine(fact: Operation, walker: string): EnteredLine | null {
  const { opId, hlc, entityId: doorId } = fact;
  const shared = { opId, doorId, hlc, at: knockedAt(fact), walker };
  if (fact.type === 'knock') {
    const { personId, outcome, answers, note } = fact.payload;
    return { ...shared, personId, outcome, answers, note, also: null };
  }
  const rest = { outcome: null, answers: [], also: null };
  if (fact.type === 'note') {
    const { personId, text } = fact.payload;
    return { ...shared, ...rest, personId, note: text };
  }
  const also = alsoOf(fact);
  if (also === null) return null;
  const personId = 'personId' in fact.payload ? fact.payload.personId : null;
  return { ...shared, ...rest, personId, note: null, also };
}

/** What was typed in for this turf and stands, oldest first. */
async function readEntered(db: ChapterDb, turfId: TurfId): Promise<EnteredLine[]> {
  const walkers = await readWalkers(db);
  if (walkers.size === 0) return [];
  const rows = await db.read
    .selectFrom('ops')
    .innerJoin('turf_doors', 'turf_doors.door_key', 'ops.door_key')
    .select(['ops.body', 'ops.eff_hlc'])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('ops.seq')
    .execute();
  return effectiveFacts(rows.map(readLogged)).flatMap((fact) => {
    const walker = walkers.get(fact.deviceId);
    if (walker === undefined || fact.scopeId !== turfId || fact.emptied === true) return [];
    return toLine(fact, walker) ?? [];
  });
}

async function readVersions(db: ChapterDb): Promise<ScriptVersion[]> {
  const current = await currentScript(db);
  const all = (await listScripts(db)).flatMap(({ published }) => published);
  const others = all
    .filter(({ id }) => id !== current?.id)
    .sort((a, b) => b.publishedAt - a.publishedAt);
  return current === null ? others : [current, ...others];
}

/** A published turf as this member types in what came back on paper. Problems: not-found, turf-draft. */
export async function readEntry(
  { db, member }: Pick<StaffActor, 'db' | 'member'>,
  turfId: TurfId,
): Promise<Result<PaperSheet>> {
  const paper = await readTurfPaper(db, turfId);
  if (!paper.ok) return fail(paper.problem);
  const walkers = await db.read
    .selectFrom('members')
    .select(['id', 'name', 'role'])
    .where('left_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const { id, name, doors, units } = paper.value;
  return ok({
    turf: { id, name, number: turfNumber(id) },
    doors: doors.map(({ door, building, people, state }) => ({
      ...door,
      building,
      people: people.map((person) => ({
        ...person,
        doNotContact: person.doNotContact || state.people.get(person.id)?.doNotContact === true,
      })),
      standing: state.standing,
      refusing: people.flatMap((person) => (state.refusing.has(person.id) ? person.id : [])),
    })),
    scripts: await readVersions(db),
    asked: await readAskedOnPaper(db),
    tags: await readTagsOnPaper(db),
    units,
    walkers: walkers.map(({ id: memberId, name: called }) => ({ id: memberId, name: called })),
    staff: walkers
      .filter(({ role }) => role !== 'canvasser')
      .map(({ id: memberId, name: called }) => ({ id: memberId, name: called })),
    entered: await readEntered(db, turfId),
    keptKey: createHmac('sha256', await readSecret(db.read))
      .update(`kept paper ${member.id} ${turfId}`)
      .digest('base64url'),
  });
}
