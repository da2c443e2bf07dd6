import { type ArchiveResource, field, fromSql, refers } from './resource.ts';

/** The books: what has left, who did what, who must be left alone, which backups there are. */
export const BOOK_RESOURCES: readonly ArchiveResource[] = [
  {
    name: 'exports',
    description: 'What the chapter took out for its own use.',
    fields: [
      field('id', 'string', 'The export.'),
      field('kind', 'string', 'What it held.'),
      field('member_id', 'string', 'Who took it.'),
      field('at', 'datetime', 'When (UTC).'),
      field('rows', 'integer', 'How many rows; empty: it broke off.'),
      field('bytes', 'integer', 'Its size.'),
      field('sha256', 'string', 'SHA-256 of the file, hex.'),
      field('purpose', 'string', 'What for.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [refers('member_id', 'members')],
    rows: fromSql(`select id, kind, member_id, at, rows, bytes, sha256, purpose from exports
      order by at, id`),
  },
  {
    name: 'shares',
    description: 'What was given to anybody outside the chapter, or asked for.',
    fields: [
      field('id', 'string', 'The share.'),
      field('recipient', 'string', 'Who got it.'),
      field('legal_kind', 'string', 'What the recipient is in law.'),
      field('purpose', 'string', 'What for.'),
      field('agreement', 'string', 'The agreement.'),
      field('basis', 'object', 'On what ground, as JSON.'),
      field('cents', 'integer', 'The price in cents.'),
      field('fields', 'array', 'Which columns, as JSON.'),
      field('universe_id', 'string', 'Which people.'),
      field('state', 'string', 'asked, approved, refused or taken.'),
      field('asked_by', 'string', 'Who asked for it.'),
      field('asked_at', 'datetime', 'When (UTC).'),
      field('decided_by', 'string', 'Who decided.'),
      field('decided_at', 'datetime', 'When (UTC).'),
      field('why', 'string', 'Why it was refused.'),
      field('taken_at', 'datetime', 'When the file left (UTC).'),
      field('rows', 'integer', 'How many rows.'),
      field('bytes', 'integer', 'Its size.'),
      field('sha256', 'string', 'SHA-256 of the file, hex.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [refers('universe_id', 'universes'), refers('asked_by', 'members')],
    rows: fromSql(`select id, recipient, legal_kind, purpose, agreement, basis, cents, fields,
      universe_id, state, asked_by, asked_at, decided_by, decided_at, why, taken_at, rows, bytes,
      sha256 from shares order by asked_at, id`),
  },
  {
    name: 'audit',
    description:
      'The audit chain: who did what. audit.jsonl holds the same in the form that is hashed.',
    fields: [
      field('seq', 'integer', 'Its place in the chain.'),
      field('at', 'datetime', 'When (UTC).'),
      field('kind', 'string', 'What was done.'),
      field('actor', 'object', 'Who did it, as JSON.'),
      field('subject', 'string', 'What it was done to.'),
      field('details', 'object', 'More of it, as JSON.'),
      field('hash', 'string', 'SHA-256 over this entry and the hash before it, hex.'),
    ],
    primaryKey: ['seq'],
    foreignKeys: [],
    rows: fromSql(`select seq, at, kind, actor, subject, details, lower(hex(hash)) as hash
      from audit order by seq`),
  },
  {
    name: 'audit_heads',
    description: 'Heads of the audit chain that the chapter has signed (Ed25519).',
    fields: [
      field('seq', 'integer', 'The entry.'),
      field('at', 'datetime', 'When it was signed (UTC).'),
      field('hash', 'string', 'Its hash, hex.'),
      field('signature', 'string', 'The signature, hex.'),
    ],
    primaryKey: ['seq'],
    foreignKeys: [refers('seq', 'audit', 'seq')],
    rows: fromSql(`select seq, at, lower(hex(hash)) as hash, lower(hex(signature)) as signature
      from audit_heads order by seq`),
  },
  {
    name: 'suppressions',
    description:
      'Keyed hashes of people who are never contacted, so that a new roll cannot bring them back.',
    fields: [
      field('mark', 'string', 'The hash, hex; its key is in chapter.db alone.'),
      field('kind', 'string', 'voter or name: what was hashed.'),
      field('at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['mark'],
    foreignKeys: [],
    rows: fromSql('select lower(hex(mark)) as mark, kind, at from suppressions order by mark'),
  },
  {
    name: 'erasures',
    description:
      'People who asked to be forgotten, as keyed hashes: to be done again after a restore.',
    fields: [
      field('mark', 'string', 'The hash, hex.'),
      field('at', 'datetime', 'When (UTC).'),
      field('by_name', 'string', 'Who did it.'),
      field('why', 'string', 'Why.'),
    ],
    primaryKey: ['mark'],
    foreignKeys: [],
    rows: fromSql('select lower(hex(mark)) as mark, at, by_name, why from erasures order by mark'),
  },
  {
    name: 'sweeps',
    description: 'What the nightly sweep has taken away.',
    fields: [
      field('key', 'integer', 'Its number.'),
      field('at', 'datetime', 'When (UTC).'),
      field('report', 'object', 'What, as JSON.'),
    ],
    primaryKey: ['key'],
    foreignKeys: [],
    rows: fromSql('select key, at, report from sweeps order by key'),
  },
  {
    name: 'backups',
    description: 'Backups and drills.',
    fields: [
      field('key', 'integer', 'Its number.'),
      field('at', 'datetime', 'When (UTC).'),
      field('kind', 'string', 'scheduled, asked or drill.'),
      field('file', 'string', 'The file in the folder of backups.'),
      field('bytes', 'integer', 'Its size.'),
      field('sha256', 'string', 'Its SHA-256, hex.'),
      field('state', 'string', 'running, good or bad.'),
      field('report', 'object', 'More of it, as JSON.'),
    ],
    primaryKey: ['key'],
    foreignKeys: [],
    rows: fromSql(`select key, at, kind, file, bytes, sha256, state, report from backups
      order by key`),
  },
];
