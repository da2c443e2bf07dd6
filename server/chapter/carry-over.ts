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

/**
 * Takes out of the present database what a backup must not undo: what was revoked stays revoked, who
 * left stays away, and a phone that joined since can still bring its facts. Both files have the
 * schema of this version. In the transaction that the caller has open, with the present database
 * attached as `present`.
 */
export function carryOver(sqlite: Sqlite): CarriedOver {
  let ended = 0;
  for (const text of ENDED) ended += sqlite.prepare(text).run().changes;
  return { ended, phones: addPhones(sqlite) };
}
