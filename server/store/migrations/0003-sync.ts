import type { Kysely } from 'kysely';
import { addRange } from '#shared/sync/seq-ranges.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { runDdl } from '../run-ddl.ts';
import { makeSealKeys } from '../seal-keys.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  `alter table chapter add column seal_private blob`,
  `alter table chapter add column seal_public blob`,
  `alter table devices add column public_key blob`,
  `alter table devices add column grant_until integer not null default 0`,
  `alter table devices add column unsent_since integer`,
  `alter table devices add column lost_in_hand integer not null default 0`,
  `alter table devices add column purged_at integer`,
  `alter table devices add column mismatches integer not null default 0`,
  `alter table devices add column lost_count integer`,
  `alter table devices add column lost_from integer`,
  `alter table devices add column lost_to integer`,
  `create table device_epochs (device_key integer not null references devices,
    db_epoch text not null, have text not null, max_local_seq integer not null,
    first_at integer not null, last_at integer not null, primary key (device_key, db_epoch))`,
  `alter table ops add column eff_hlc text`,
  `alter table ops add column late integer not null default 0`,
  `create index ops_by_device on ops (device_key, at)`,
  `alter table held_ops add column carried_by integer`,
  `alter table held_ops add column decision text`,
  `alter table held_ops add column decided_by text`,
  `alter table held_ops add column decided_at integer`,
  `alter table held_ops add column why text`,
  `alter table held_ops add column as_seq integer`,
  // As bytes: what cannot be applied may hold anything.
  `update held_ops set body = cast(body as blob)`,
  `alter table turf_doors add column added_seq integer not null default 0`,
  `alter table turf_doors add column removed_seq integer`,
  `alter table turf_doors add column added_at integer not null default 0`,
  `alter table turf_doors add column removed_at integer`,
  `alter table assignments add column purged_at integer`,
  // A phone walks one turf, the one that it took last.
  `update assignments set ended_at = (select max(later.from_at) from assignments later
      where later.device_key = assignments.device_key)
    where ended_at is null and from_at < (select max(later.from_at) from assignments later
      where later.device_key = assignments.device_key)`,
];

/** Where SQLite has a type for each value, PostgreSQL has one for the column. */
const POSTGRES = new Map([
  [
    `update held_ops set body = cast(body as blob)`,
    `alter table held_ops alter column body type bytea using convert_to(body, 'UTF8')`,
  ],
]);

interface Arrived {
  readonly device_key: number;
  readonly db_epoch: string;
  readonly local_seq: number;
  readonly received_at: number;
}

/** Where held bytes stood in their phone's outbox, as far as they say so. */
async function readHeld(db: Kysely<Tables>): Promise<Arrived[]> {
  const rows = await db
    .selectFrom('held_ops')
    .select(['device_key', 'received_at', 'body'])
    .orderBy('key')
    .execute();
  return rows.flatMap(({ body, ...row }) => {
    try {
      const said = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown> | null;
      const { dbEpoch: epoch, localSeq: seq } = said ?? {};
      if (typeof epoch !== 'string' || epoch === '' || epoch.length > 64) return [];
      if (!Number.isSafeInteger(seq) || (seq as number) < 1) return [];
      return [{ ...row, db_epoch: epoch, local_seq: seq as number }];
    } catch {
      return [];
    }
  });
}

async function countEpochs(db: Kysely<Tables>): Promise<void> {
  const applied: Arrived[] = await db
    .selectFrom('ops')
    .select(['device_key', 'db_epoch', 'local_seq', 'received_at'])
    .orderBy('seq')
    .execute();
  const rows = [...applied, ...(await readHeld(db))].sort((a, b) => a.received_at - b.received_at);
  const epochs = new Map<string, { key: number; epoch: string; from: number; to: number }>();
  const have = new Map<string, readonly SeqRange[]>();
  for (const { device_key: key, db_epoch: epoch, local_seq, received_at } of rows) {
    const name = `${key} ${epoch}`;
    const known = epochs.get(name);
    if (known === undefined) epochs.set(name, { key, epoch, from: received_at, to: received_at });
    else known.to = received_at;
    have.set(name, addRange(have.get(name) ?? [], local_seq));
  }
  for (const [name, { key, epoch, from, to }] of epochs) {
    const ranges = have.get(name) ?? [];
    await db
      .insertInto('device_epochs')
      .values({
        device_key: key,
        db_epoch: epoch,
        have: JSON.stringify(ranges),
        max_local_seq: ranges.at(-1)?.[1] ?? 0,
        first_at: from,
        last_at: to,
      })
      .execute();
  }
}

/**
 * What sync needs beyond the log: keys, grants and health of phones, what became of held facts,
 * when doors came into a turf and left it.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step, POSTGRES.get(step));
  await db.updateTable('chapter').set(makeSealKeys()).execute();
  await countEpochs(db);
}
