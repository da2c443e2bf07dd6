import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seededDice } from '#shared/kernel/random.ts';
import { formatUuid } from '#shared/kernel/ids.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import type { Prove } from './prove.ts';
import { type CaseEnd, proveCases } from './prove-cases.ts';
import { RealPhone } from './real/real-phone.ts';
import { makeWorld, type World } from './real/world.ts';

const SPEED = 25;
const PHONES = 3;
const PATIENCE_MS = 60_000;

const CLASSES = [
  'backed-up-under-load',
  'killed-while-backing-up',
  'killed-while-restoring',
  'lost-with-the-disk',
  'unsent-at-the-restore',
  'sent-again-after-it',
  'bit-rot',
  'bit-rot-mended',
] as const;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function readOpIds(path: string): string[] {
  const db = openSqlite(path);
  try {
    const rows = db.prepare('select op_id from ops order by seq').all() as { op_id: Uint8Array }[];
    db.exec('pragma journal_mode = delete');
    return rows.map((row) => formatUuid(row.op_id));
  } finally {
    db.close();
  }
}

/** Changes one digit of a stored fact, as a bad disk does; gives how many facts that met. */
function changeLetter(path: string, opId: string): number {
  const db = openSqlite(path);
  try {
    const id = Buffer.from(opId.replaceAll('-', ''), 'hex');
    const row = db.prepare('select body from ops where op_id = ?').get(id) as
      { body: string } | undefined;
    if (row === undefined) return 0;
    const body = row.body.replace(/("ms":\d*)(\d)/, (_, before: string, last: string) =>
      before.concat(last === '0' ? '1' : '0'),
    );
    if (body === row.body) throw new Error('The fact has no time to change.');
    // First, since it is what fails while somebody else has the file open.
    db.exec('pragma journal_mode = delete');
    db.prepare('update ops set body = ? where op_id = ?').run(body, id);
    return 1;
  } finally {
    db.close();
  }
}

/**
 * Changes it in the chapter's own file. A driver may keep a connection of ours that was closed until
 * its statements are collected: with so much room that is asked for.
 */
async function changeWhenFree(path: string, opId: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      changeLetter(path, opId);
      return;
    } catch (error) {
      if (!String(error).includes('locked')) throw error;
      globalThis.gc?.();
      await sleep(100);
    }
  }
  throw new Error('The chapter stays locked.');
}

/** A backup, work after it, the disk gone, the backup restored, and the phones coming back. */
async function drill(world: World, seed: number): Promise<CaseEnd> {
  const dice = seededDice(seed);
  const { server, town, log } = world;
  const wrong: string[] = [];
  const fired = new Map<string, number>();
  const fire = (fault: string, times = 1): void =>
    void fired.set(fault, (fired.get(fault) ?? 0) + times);
  const file = join(server.dataDir, `backup-${seed}.db`);
  const turf = dice.pick(town.turfs);
  const saved: string[] = [];

  const phones = await Promise.all(
    Array.from({ length: PHONES }, async (_, i) => {
      const phone = new RealPhone({ url: () => server.url, speed: SPEED, dice });
      await phone.join(await turf.invite(), `Phone ${i + 1}`);
      if (!(await phone.fetchPacket())) throw new Error('no packet');
      return phone;
    }),
  );
  const knock = async (least: number, most: number): Promise<void> => {
    await Promise.all(
      phones.map(async (phone) => {
        for (let n = dice.whole(least, most); n > 0; n--) saved.push(await phone.knock());
      }),
    );
  };
  const drain = async (when: string): Promise<void> => {
    for (const [i, phone] of phones.entries()) {
      await phone.syncNow();
      if (await phone.drained(PATIENCE_MS)) continue;
      wrong.push(`phone ${i + 1}: ${(await phone.unsent()).length} facts are stuck ${when}`);
    }
    // Once more: what has come back by a pull is sealed, and can only be sent again sealed.
    for (const phone of phones) await phone.syncNow();
  };

  for (const phone of phones) phone.start();
  await knock(5, 15);
  await drain('before the backup');
  const words = ['chapter', 'backup', town.slug, '--to', file, '--plain'];
  if ((await server.killInWork(words, server.dataDir, dice.whole(0, 4))) === 'killed') {
    fire('killed-while-backing-up');
  }
  await Promise.all([server.run(...words), knock(5, 15)]);
  fire('backed-up-under-load');
  await knock(15, 30);
  await drain('after the backup');
  const lost = await log.read(0);

  // The disk is gone, and with it everything since the backup. One phone has facts still to send.
  await server.kill();
  await knock(1, 5);
  fire('unsent-at-the-restore');
  // One fact of the backup is whole in the database that is still there, one is changed in both.
  const mine = new Set(saved);
  const inBackup = readOpIds(file).filter((opId) => mine.has(opId));
  const rotten = dice.pick(inBackup);
  const mended = dice.pick(inBackup.filter((opId) => opId !== rotten));
  fire('bit-rot', changeLetter(file, rotten));
  changeLetter(file, mended);
  const restore = ['chapter', 'restore', file];
  for (let tries = 0; tries < 3; tries++) {
    const folder = join(server.dataDir, 'chapters');
    // At first as soon as it touches anything, then later and later.
    const after = dice.whole(0, 15 * tries);
    if ((await server.killInWork(restore, folder, after)) === 'done') break;
    fire('killed-while-restoring');
    if (tries !== 1) continue;
    // Somebody starts the server after the half-done restore: it stands on one whole database.
    await server.start();
    for (const phone of phones) await phone.syncNow();
    await server.kill();
    wrong.push(...(await log.findDamage()));
    fire('started-after-a-half-done-restore');
  }
  await changeWhenFree(join(server.dataDir, 'chapters', `${town.chapterId}.db`), rotten);
  await server.run(...restore);
  const restored = await log.read(0);
  const whole = new Map(restored.ops.map((op) => [op.opId, op]));
  if (whole.has(rotten)) wrong.push('a damaged fact was put back as if it were good');
  if (whole.has(mended)) fire('bit-rot-mended');
  else wrong.push('a damaged fact was not mended from the database that was there');
  if (!restored.held.some((op) => op.opId === rotten && op.reason === 'damaged')) {
    wrong.push('the bytes of a damaged fact were not kept aside');
  }
  fire('lost-with-the-disk', lost.ops.length - restored.ops.length);
  if (restored.incarnation === lost.incarnation) wrong.push('the restore kept the incarnation');

  await server.start();
  const ids = new Set(saved);
  const until = performance.now() + PATIENCE_MS;
  let found = restored;
  for (;;) {
    for (const phone of phones) await phone.syncNow();
    found = await log.read(0);
    const there = new Set(found.ops.map((op) => op.opId));
    const unsent = (await Promise.all(phones.map((phone) => phone.unsent()))).flat();
    if (unsent.length === 0 && saved.every((opId) => there.has(opId))) break;
    if (performance.now() > until) break;
    await sleep(50);
  }
  await drain('after the restore');
  found = await log.read(0);
  const before = new Set(restored.ops.map((op) => op.opId));
  fire('sent-again-after-it', found.ops.filter((op) => !before.has(op.opId)).length);

  const there = new Map(found.ops.map((op) => [op.opId, op]));
  if (there.size !== found.ops.length) wrong.push('a fact is in the log twice');
  const gone = saved.filter((opId) => !there.has(opId));
  if (gone.length > 0) wrong.push(`${gone.length} of ${saved.length} facts did not come back`);
  for (const op of lost.ops) {
    const now = there.get(op.opId);
    if (ids.has(op.opId) && now?.sha256 !== op.sha256) wrong.push(`${op.opId} came back changed`);
  }
  const held = found.held.filter((op) => ids.has(op.opId) && op.reason !== 'damaged');
  if (held.length > 0) wrong.push(`${held.length} facts are held: ${held[0]?.reason}`);
  for (const [i, phone] of phones.entries()) {
    const rows = new Set((await phone.packets.readRows()).map((row) => row.opId as string));
    const missing = saved.filter((opId) => !rows.has(opId));
    if (missing.length > 0) wrong.push(`phone ${i + 1} has not pulled ${missing.length} facts`);
    phone.close();
  }
  wrong.push(...(await log.findDamage()));
  if (existsSync(file)) rmSync(file);
  return { wrong, fired, counts: { ops: saved.length } };
}

/** T11: a backup, an afternoon, a dead disk: what phones kept for 14 days brings all of it back. */
export const prove: Prove = async (options) => {
  const worlds: World[] = [];
  try {
    await proveCases(options, {
      test: 'restore',
      cases: { quick: 1, ci: 5, long: 200 },
      classes: CLASSES,
      run: async ({ seed }) => {
        const world = worlds[0] ?? (await makeWorld('sqlite'));
        worlds[0] = world;
        if (!world.server.running) await world.server.start();
        return drill(world, seed);
      },
    });
  } finally {
    for (const world of worlds) await world.remove();
  }
};
