import type { Kysely } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import { formatInstant } from '#shared/kernel/instant.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { CopyAnswer, PersonCopy, PersonFact } from '#shared/model/privacy.ts';
import type { Terms } from '#shared/model/rules.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readGroup } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { factsAbout, heldAbout } from './facts-about.ts';
import { findAllToErase, findToErase, type ToErase } from './erase-person.ts';
import { readFound } from './find-person.ts';
import { readPersonLayers } from './read-person-layers.ts';
import { sayCopy } from './say-copy.ts';

const when = (ms: number): string => formatInstant({ ms, offset: 0 });

async function readRoll(db: Kysely<Tables>, { key }: ToErase) {
  const row = await db
    .selectFrom('voters')
    .selectAll()
    .where('person_key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return { roll: null, obtainedUnder: null };
  const { person_key: _, import_id: importId, line, ...roll } = row;
  const source = await db
    .selectFrom('imports')
    .select(['terms', 'file_name'])
    .where('id', '=', importId)
    .executeTakeFirst();
  const terms = source?.terms ? (JSON.parse(source.terms) as Terms) : null;
  return { roll: { ...roll, file: source?.file_name ?? null, line }, obtainedUnder: terms };
}

function toFact(body: string, by: string, named: boolean, held: boolean): PersonFact {
  let fact: { type?: unknown; at?: { ms?: unknown; offset?: unknown }; payload?: unknown } = {};
  try {
    fact = JSON.parse(body) as typeof fact;
  } catch {
    return { kind: 'unreadable', at: '', by, named, held, said: body };
  }
  const { ms, offset } = fact.at ?? {};
  const at =
    typeof ms === 'number' && typeof offset === 'number' ? formatInstant({ ms, offset }) : '';
  return { kind: String(fact.type), at, by, named, held, said: fact.payload ?? null };
}

async function readFacts(db: Kysely<Tables>, who: ToErase): Promise<PersonFact[]> {
  const facts = await factsAbout(db, who);
  const authors = await db
    .selectFrom('ops')
    .innerJoin('devices', 'devices.key', 'ops.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['ops.seq', 'members.name'])
    .where('ops.seq', 'in', [0, ...facts.map(({ seq }) => seq)])
    .execute();
  const byWhom = new Map(authors.map(({ seq, name }) => [seq, name]));
  const applied = facts.map(({ seq, body, about }) =>
    toFact(body, byWhom.get(seq) ?? '', about === 'named', false),
  );
  const held = await heldAbout(db, who, who.doorId);
  return [...applied, ...held.map(({ body }) => toFact(body, '', true, true))];
}

/** What has left the chapter: whether one person was in it, only the file itself can say. */
async function readShared(db: Kysely<Tables>): Promise<PersonCopy['shared']> {
  const shares = await db
    .selectFrom('shares')
    .select(['recipient', 'fields', 'purpose', 'taken_at'])
    .where('state', '=', 'taken')
    .orderBy('taken_at')
    .execute();
  const exports = await db
    .selectFrom('exports')
    .select(['kind', 'purpose', 'at'])
    .orderBy('at')
    .execute();
  return [
    ...shares.map((share) => ({
      to: share.recipient,
      what: (JSON.parse(share.fields) as string[]).join(', '),
      purpose: share.purpose,
      at: when(share.taken_at ?? 0),
    })),
    ...exports.map(({ kind, purpose, at }) => ({
      to: '',
      what: kind,
      purpose: purpose ?? '',
      at: when(at),
    })),
  ];
}

async function readHistory(
  db: Kysely<Tables>,
  ids: readonly PersonId[],
): Promise<PersonCopy['history']> {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'kind', 'actor'])
    .where((where) =>
      where.or(
        ids.flatMap((id) => [where('subject', '=', id), where('details', 'like', `%${id}%`)]),
      ),
    )
    .orderBy('seq')
    .execute();
  return rows.map(({ at, kind, actor }) => {
    const said = JSON.parse(actor) as AuditActor;
    return { at: when(at), what: kind, by: said.kind === 'member' ? said.name : said.kind };
  });
}

async function readOtherRolls(
  db: Kysely<Tables>,
  others: readonly ToErase[],
): Promise<PersonCopy['otherRolls']> {
  const rolls: PersonCopy['otherRolls'][number][] = [];
  for (const one of others) {
    const { roll } = await readRoll(db, one);
    if (roll !== null) rolls.push({ voter_id: one.sourceId, ...roll });
  }
  return rolls;
}

/** What was said of all records of one person, each fact once. */
async function readAllFacts(db: Kysely<Tables>, records: readonly ToErase[]) {
  const seen = new Set<string>();
  const facts: PersonFact[] = [];
  for (const who of records) {
    for (const fact of await readFacts(db, who)) {
      const text = JSON.stringify(fact);
      if (!seen.has(text)) facts.push(fact);
      seen.add(text);
    }
  }
  return facts;
}

async function collect(db: Kysely<Tables>, id: PersonId, now: number): Promise<PersonCopy | null> {
  const asked = await findToErase(db, id);
  const person = await readFound(db, id);
  if (asked === null || person === null) return null;
  const { keys } = await readGroup(db, asked.key);
  const records = await findAllToErase(db, keys);
  const who = records.find((one) => one.id === person.id) ?? asked;
  const others = records.filter((one) => one.id !== who.id);
  const { name: chapter } = await db.selectFrom('chapter').select('name').executeTakeFirstOrThrow();
  const voted = await db
    .selectFrom('voted')
    .select(['election', 'method'])
    .distinct()
    .where('person_key', 'in', keys)
    .orderBy('election')
    .orderBy('method')
    .execute();
  const consents = await db
    .selectFrom('consents')
    .select(['recipients', 'given', 'wording', 'at'])
    .where('person_key', 'in', keys)
    .orderBy('at')
    .execute();
  const turfs = await db
    .selectFrom('turf_targets')
    .innerJoin('turfs', 'turfs.id', 'turf_targets.turf_id')
    .select('turfs.name')
    .distinct()
    .where('turf_targets.person_key', 'in', keys)
    .orderBy('turfs.name')
    .execute();
  return {
    madeAt: when(now),
    chapter,
    person,
    ...(await readRoll(db, who)),
    otherRolls: await readOtherRolls(db, others),
    voted,
    facts: await readAllFacts(db, records),
    consents: consents.map((one) => ({ ...one, given: one.given === 1, at: when(one.at) })),
    turfs: turfs.map(({ name }) => name),
    layers: (await Promise.all(keys.map((key) => readPersonLayers(db, key)))).flat(),
    shared: await readShared(db),
    history: await readHistory(db, [id, ...records.map((one) => one.id)]),
  };
}

/**
 * A copy of everything that the chapter holds of one person, for that person. That it was made
 * enters the audit chain. Problems: not-found.
 */
export async function copyPerson(
  db: ChapterDb,
  id: PersonId,
  actor: AuditActor,
  now: number,
): Promise<Result<CopyAnswer>> {
  const copy = await collect(db.read, id, now);
  if (copy === null) return fail(problem('not-found'));
  const details = { facts: copy.facts.length };
  await db.write((trx) =>
    appendAudit(trx, { at: now, kind: 'person-copied', actor, subject: id, details }),
  );
  return ok({ copy, text: sayCopy(copy) });
}
