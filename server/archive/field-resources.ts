import { OPERATION_TYPES } from '#shared/model/operation.ts';
import { BESIDE_RESOURCES } from './beside-resources.ts';
import { answerRows, factRows, knockRows } from './fact-rows.ts';
import { type ArchiveResource, field, fromSql, refers } from './resource.ts';
import { ITS_KEYS, WHO_WHERE_WHEN } from './who-where-when.ts';

/** What was learnt at doors: the log as it is, and the same as tables. */
export const FIELD_RESOURCES: readonly ArchiveResource[] = [
  {
    name: 'facts',
    description:
      'The chapter’s log: everything that phones recorded, in the order of arrival. What each says in full is in log.jsonl.',
    fields: [
      field('seq', 'integer', 'Its place in the log.'),
      ...WHO_WHERE_WHEN,
      field(
        'type',
        'string',
        `${OPERATION_TYPES.slice(0, -1).join(', ')} or ${OPERATION_TYPES.at(-1) ?? ''}.`,
      ),
      field('supersedes', 'string', 'The fact that it replaces; it may be unknown here.'),
      field('stands', 'boolean', 'False: a later fact has replaced it or taken it back.'),
      field('late', 'boolean', 'Recorded after the turf was taken back, but soon enough.'),
      field('sha256', 'string', 'SHA-256 of its bytes in log.jsonl, hex.'),
    ],
    primaryKey: ['id'],
    foreignKeys: ITS_KEYS.slice(1),
    rows: factRows,
  },
  {
    name: 'knocks',
    description: 'Attempts at doors, with what came of them.',
    fields: [
      ...WHO_WHERE_WHEN,
      field('turf_id', 'string', 'The turf that was walked; it may have been deleted.'),
      field('script_version_id', 'string', 'The words that were used.'),
      field('result', 'string', 'contact, or why there was none.'),
      field('language', 'string', 'What was or would have to be spoken (BCP 47), if said.'),
      field('come_back_on', 'string', 'On which day to come back (YYYY-MM-DD), if said.'),
      field('come_back_part', 'string', 'At which part of the day, if said.'),
      field('contact_type', 'string', 'door, phone or street: how they met.'),
      field('support', 'integer', '1 (strong support) to 5 (strong opposition), if said.'),
      field('note', 'string', 'What the canvasser wrote.'),
      field('stands', 'boolean', 'False: replaced or taken back.'),
    ],
    primaryKey: ['id'],
    foreignKeys: ITS_KEYS,
    rows: knockRows,
  },
  {
    name: 'answers',
    description: 'Answers to questions of the script, one row an answer.',
    fields: [
      field('id', 'string', 'The answer.'),
      field('knock_id', 'string', 'The knock at which it was given.'),
      field('question_id', 'string', 'The question; its words are in the script’s version.'),
      field(
        'kind',
        'string',
        'support, one, many, text, number, date, skipped, refused or unknown.',
      ),
      field('question', 'string', 'The question’s words, where the version is known.'),
      field('answer', 'string', 'What was said, in words.'),
      field('option_ids', 'string', 'Ids of the options that were chosen, with spaces between.'),
    ],
    primaryKey: ['knock_id', 'id'],
    foreignKeys: [refers('knock_id', 'knocks')],
    rows: answerRows,
  },
  ...BESIDE_RESOURCES,
  {
    name: 'held',
    description:
      'What arrived and could not be applied, with what was decided about it. In full it is in held.jsonl.',
    fields: [
      field('key', 'integer', 'Its number.'),
      field('fact_id', 'string', 'The id that it came with; it may be anything.'),
      field('device_id', 'string', 'The phone that it came from.'),
      field('reason', 'string', 'Why it was held.'),
      field('received_at', 'datetime', 'When it arrived (UTC).'),
      field('decision', 'string', 'accepted, retargeted or discarded; empty: it waits.'),
      field('decided_by', 'string', 'The member who decided.'),
      field('decided_at', 'datetime', 'When (UTC).'),
      field('why', 'string', 'Their reason.'),
    ],
    primaryKey: ['key'],
    foreignKeys: [refers('device_id', 'devices')],
    rows: fromSql(`select h.key, h.op_id, d.id as device_id, h.reason, h.received_at, h.decision,
      h.decided_by, h.decided_at, h.why from held_ops h join devices d on d.key = h.device_key
      order by h.key`),
  },
  {
    name: 'opt_outs',
    description:
      'People who asked not to be contacted. Wherever this data goes, this goes with it.',
    fields: [
      field('person_id', 'string', 'The person.'),
      field('fact_id', 'string', 'The fact by which they asked.'),
      field('at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['person_id'],
    foreignKeys: [refers('person_id', 'people')],
    rows: fromSql(`select p.id, o.op_id, o.at from opt_outs o join people p on p.key = o.person_key
      order by o.person_key`),
  },
  {
    name: 'door_opt_outs',
    description: 'Doors at which nobody is contacted, whoever lives there.',
    fields: [
      field('door_id', 'string', 'The door.'),
      field('fact_id', 'string', 'The fact by which it was asked.'),
      field('at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['door_id'],
    foreignKeys: [refers('door_id', 'doors')],
    rows: fromSql(`select d.id, o.op_id, o.at from door_opt_outs o join doors d on d.key = o.door_key
      order by o.door_key`),
  },
  {
    name: 'opt_out_clears',
    description: 'Wishes not to be contacted that an admin has cleared, with the reason.',
    fields: [
      field('key', 'integer', 'Its number.'),
      field('person_id', 'string', 'The person, if it was one’s.'),
      field('door_id', 'string', 'The door, if it was a door’s.'),
      field('at', 'datetime', 'When (UTC).'),
      field('by_member', 'string', 'Who cleared it.'),
      field('why', 'string', 'Why.'),
    ],
    primaryKey: ['key'],
    foreignKeys: [
      refers('person_id', 'people'),
      refers('door_id', 'doors'),
      refers('by_member', 'members'),
    ],
    rows: fromSql(`select c.key, p.id as person_id, d.id as door_id, c.at, c.by_member, c.why
      from opt_out_clears c left join people p on p.key = c.person_key
      left join doors d on d.key = c.door_key order by c.key`),
  },
  {
    name: 'consents',
    description:
      'What people allowed or forbade to be told to others, by kind of recipient, with the words that were read to them.',
    fields: [
      field('person_id', 'string', 'The person.'),
      field('door_id', 'string', 'Where it was said.'),
      field('recipients', 'string', 'To whom.'),
      field('given', 'boolean', 'True: allowed.'),
      field('wording', 'string', 'The words that were read.'),
      field('wording_hash', 'string', 'SHA-256 of the words, hex.'),
      field('fact_id', 'string', 'The fact.'),
      field('at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['person_id', 'recipients', 'door_id'],
    foreignKeys: [refers('person_id', 'people'), refers('door_id', 'doors')],
    rows: fromSql(`select p.id, d.id as door_id, c.recipients, c.given, c.wording, c.wording_hash,
      c.op_id, c.at from consents c join people p on p.key = c.person_key
      join doors d on d.key = c.door_key order by c.person_key, c.recipients, c.door_key`),
  },
];
