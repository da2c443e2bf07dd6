import type { Sqlite } from '../store/sqlite.ts';

/** What was kept of the database that a backup takes the place of. */
export interface CarriedOver {
  /** Phones that were revoked since, people who left, and turfs that were taken back. */
  readonly ended: number;
  /** Phones that joined since: without them nobody could tell whose their facts are. */
  readonly phones: number;
}

const SAME_COLUMNS = `select name from pragma_table_info(?, 'main')
  intersect select name from pragma_table_info(?, 'present')`;

/** The columns that both have, as a list. */
function columnsOf(sqlite: Sqlite, table: string, without: string, of = ''): string {
  const rows = sqlite.prepare(SAME_COLUMNS).all(table, table) as { name: string }[];
  const names = rows.map((row) => row.name).filter((name) => name !== without);
  return names.map((name) => `${of}"${name}"`).join(', ');
}

const ENDED = [
  `update devices set revoked_at = p.revoked_at, lost_in_hand = max(devices.lost_in_hand, p.lost_in_hand)
   from present.devices p where p.id = devices.id and p.revoked_at is not null
   and (devices.revoked_at is null or p.lost_in_hand > devices.lost_in_hand)`,
  `update members set left_at = p.left_at from present.members p
   where p.id = members.id and p.left_at is not null and members.left_at is null`,
  `update assignments set ended_at = p.ended_at
   from present.assignments p join present.devices pd on pd.key = p.device_key
     join main.devices d on d.id = pd.id
   where p.turf_id = assignments.turf_id and d.key = assignments.device_key
     and p.from_at = assignments.from_at and p.ended_at is not null
     and assignments.ended_at is null`,
  // Whoever was signed in signs in again: a session that was ended since must not live again.
  `delete from main.sessions where token_hash not in (select token_hash from present.sessions)`,
  `update main.sign_in_links set used_at = p.used_at from present.sign_in_links p
   where p.token_hash = sign_in_links.token_hash and p.used_at is not null
   and main.sign_in_links.used_at is null`,
];

/**
 * Who may what is as it was last: a role that was changed, a passkey that was taken away and a code
 * that was used up do not come back.
 */
const RIGHTS = [
  `update main.members set role = p.role from present.members p
   where p.id = members.id and p.role <> members.role`,
  `delete from main.passkeys where id not in (select id from present.passkeys)`,
  `delete from main.recovery_codes where hash not in (select hash from present.recovery_codes)`,
  `update main.recovery_codes set used_at = p.used_at from present.recovery_codes p
   where p.hash = recovery_codes.hash and p.used_at is not null`,
];

/** Who asked to be left alone or forgotten stays so, whatever the backup knew. */
const WISHES = [
  `insert or ignore into main.suppressions select * from present.suppressions`,
  `insert or ignore into main.erasures select * from present.erasures`,
];

/** What has left stays written down, and so does where the backups are. */
function carryLedgers(sqlite: Sqlite): void {
  const exports = columnsOf(sqlite, 'exports', '');
  sqlite.exec(`insert or replace into main.exports (${exports}) select ${exports}
    from present.exports where member_id in (select id from main.members)`);
  const shares = columnsOf(sqlite, 'shares', 'universe_id');
  sqlite.exec(`insert or replace into main.shares (${shares}, universe_id) select ${shares},
    case when universe_id in (select id from main.universes) then universe_id end
    from present.shares where asked_by in (select id from main.members)`);
  const backups = columnsOf(sqlite, 'backups', 'key');
  sqlite.exec('delete from main.backups');
  sqlite.exec(`insert into main.backups (${backups}) select ${backups} from present.backups`);
}

/**
 * The audit chain goes on where the present one ends, if that is the one that the backup holds the
 * beginning of; the keys that belong to it come with it.
 */
function carryAudit(sqlite: Sqlite): void {
  const last = sqlite
    .prepare('select seq, hash from main.audit order by seq desc limit 1')
    .get() as { seq: number; hash: Uint8Array } | undefined;
  if (last !== undefined) {
    const { n } = sqlite
      .prepare('select count(*) as n from present.audit where seq = ? and hash = ?')
      .get(last.seq, last.hash) as { n: number };
    if (n === 0) return;
  }
  for (const table of ['audit', 'audit_heads']) {
    const columns = columnsOf(sqlite, table, '');
    sqlite.exec(`insert into main.${table} (${columns}) select ${columns} from present.${table}
      where seq > (select coalesce(max(seq), 0) from main.${table})`);
  }
  sqlite.exec(`update main.chapter set audit_private = p.audit_private,
    audit_public = p.audit_public, suppress_key = p.suppress_key, region = p.region,
    backup_recipient = p.backup_recipient, backup_every = p.backup_every
    from present.chapter p where p.id = chapter.id`);
}

function addPhones(sqlite: Sqlite): number {
  const members = columnsOf(sqlite, 'members', '');
  sqlite.exec(`insert into main.members (${members}) select ${members} from present.members
    where role = 'canvasser' and id not in (select id from main.members)`);
  const devices = columnsOf(sqlite, 'devices', 'key');
  const { changes } = sqlite
    .prepare(
      `insert into main.devices (${devices}) select ${devices} from present.devices p
       where p.id not in (select id from main.devices)
         and p.token_hash not in (select token_hash from main.devices)
         and p.member_id in (select id from main.members) order by p.key`,
    )
    .run();
  sqlite.exec(`insert into main.assignments (device_key, ${columnsOf(sqlite, 'assignments', 'device_key')})
    select d.key, ${columnsOf(sqlite, 'assignments', 'device_key', 'p.')}
    from present.assignments p join present.devices pd on pd.key = p.device_key
      join main.devices d on d.id = pd.id
    where p.turf_id in (select id from main.turfs) and not exists (
      select 1 from main.assignments a where a.turf_id = p.turf_id and a.device_key = d.key
        and a.from_at = p.from_at)`);
  return changes;
}

/** A turf that was handed over since: its note opens for nobody else. */
function carryHanded(sqlite: Sqlite): void {
  const columns = columnsOf(sqlite, 'invites', 'device_key', 'p.').split(', ');
  const names = columns.map((column) => column.slice('p.'.length)).join(', ');
  const values = columns.map((column) =>
    column === 'p."turf_id"'
      ? 'case when p.turf_id in (select id from main.turfs) then p.turf_id end'
      : column,
  );
  sqlite.exec(`insert or ignore into main.invites (device_key, ${names})
    select d.key, ${values.join(', ')} from present.invites p
      left join present.devices pd on pd.key = p.device_key
      left join main.devices d on d.id = pd.id
    where p.kind = 'handed' and p.created_by in (select id from main.members)`);
}

/**
 * Takes out of the present database what a backup must not undo: what was revoked stays revoked, who
 * left stays away, and a phone that joined since can still bring its facts. Both files have the
 * schema of this version. In the transaction that the caller has open, with the present database
 * attached as `present`.
 */
export function carryOver(sqlite: Sqlite): CarriedOver {
  let ended = 0;
  for (const text of ENDED) ended += sqlite.prepare(text).run().changes;
  for (const text of [...RIGHTS, ...WISHES]) sqlite.exec(text);
  const phones = addPhones(sqlite);
  carryHanded(sqlite);
  carryLedgers(sqlite);
  carryAudit(sqlite);
  return { ended, phones };
}
