import { mkdtempSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeId, type OpId, parseUuid } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { buildApp } from '../../server/app.ts';
import { Registry } from '../../server/store/registry.ts';
import type { Sqlite } from '../../server/store/sqlite.ts';
import {
  type MadeChapter,
  type MadeDevice,
  type MadeTurf,
  makeChapter,
} from '../scenario/make-chapter.ts';
import { contactKnock, makeOperation, makePush, seal } from '../scenario/make-operation.ts';
import { type BenchOptions, median, round } from './line.ts';

const CONNECTIONS = 50;
const DOORS = 2_000;

interface Load {
  readonly batch: number;
  readonly ops: number;
}

interface Town {
  readonly made: MadeChapter;
  readonly turf: MadeTurf;
  readonly devices: readonly MadeDevice[];
}

interface Measured {
  readonly ms: number;
  readonly waits: readonly number[];
  readonly refused: number;
}

async function makeTown(seed: number): Promise<Town> {
  const made = await makeChapter(seed, true);
  const turf = await made.addTurf(await made.addDoors(DOORS, 1));
  const devices: MadeDevice[] = [];
  for (let i = 0; i < CONNECTIONS; i++) devices.push(await made.addDevice([turf]));
  return { made, turf, devices };
}

/** Pushes of new knocks, spread over phones and doors as on a busy Saturday. */
async function writePushes({ made, turf, devices }: Town, { batch, ops }: Load) {
  const pushes: { token: string; body: string }[] = [];
  for (let i = 0; i < ops / batch; i++) {
    const device = devices[i % devices.length];
    if (device === undefined) throw new Error('no device');
    const sealed = [];
    for (let k = 0; k < batch; k++) {
      const door = turf.doors[(i * 37 + k * 11) % turf.doors.length];
      if (door === undefined) throw new Error('no door');
      const payload = contactKnock(door, door.people[0] ?? null, 1 + (k % 5), made.random);
      const localSeq = i * batch + k + 1;
      sealed.push(
        await seal(makeOperation(made, { device, turf, type: 'knock', payload, localSeq })),
      );
    }
    const body = JSON.stringify(makePush(made, device, sealed));
    pushes.push({ token: device.token, body });
  }
  return pushes;
}

/** The limit: the same rows by the bare driver, as many in a transaction as a push holds. */
function insertRaw(sqlite: Sqlite, bodies: readonly string[], batch: number, town: Town): number {
  const insert =
    sqlite.prepare(`insert into ops (seq, op_id, type, door_key, person_key, device_key,
    db_epoch, local_seq, supersedes, at, received_at, sha256, body)
    values (?, ?, 'knock', ?, null, ?, 'e', ?, null, ?, ?, ?, ?)`);
  const { seq } = sqlite.prepare('select coalesce(max(seq), 0) as seq from ops').get() as {
    seq: number;
  };
  const random = seededBytes(seededDice(seq + 1));
  const hash = createHash('sha256').update('x').digest();
  const rows = bodies.map((body, i) => {
    const door = town.turf.doors[(i * 37) % DOORS];
    const device = town.devices[i % town.devices.length];
    const opId = parseUuid(makeId<OpId>(seq + i, random));
    return [
      seq + i + 1,
      opId,
      door?.key ?? 1,
      device?.deviceKey ?? 1,
      i,
      1,
      1,
      hash,
      body,
    ] as const;
  });
  const begun = performance.now();
  for (let i = 0; i < rows.length; i += batch) {
    sqlite.exec('begin immediate');
    for (const row of rows.slice(i, i + batch)) insert.run(...row);
    sqlite.exec('commit');
  }
  return performance.now() - begun;
}

function percentile(waits: readonly number[], share: number): number {
  const sorted = [...waits].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function measure(worker: Worker, pushes: readonly unknown[]): Promise<Measured> {
  const answer = once(worker, 'message');
  worker.postMessage(pushes);
  const [measured] = (await answer) as [Measured];
  if (measured.refused > 0) throw new Error(`${measured.refused} pushes were not taken.`);
  return measured;
}

const bodiesOf = (pushes: readonly { body: string }[]): string[] =>
  pushes.flatMap((push) => {
    const { ops } = JSON.parse(push.body) as { ops: { body: string }[] };
    return ops.map((op) => op.body);
  });

/** Operations accepted durably over HTTP on this machine, beside bare inserts of the same rows. */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  const registry = Registry.open(dataDir);
  const [town, rawTown] = [await makeTown(1), await makeTown(2)];
  const { id, slug, name } = town.made.chapter;
  registry.add({ id, slug, name, createdAt: 0 }, town.made.db());
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    publicUrl: null,
    secureCookies: false,
    clientDir: null,
  };
  const random = seededBytes(seededDice(3));
  const { app } = await buildApp({ config, registry, clock: () => Date.now(), random });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const worker = new Worker(new URL('push-load.mjs', import.meta.url), {
    workerData: { port, connections: CONNECTIONS },
  });
  try {
    for (const load of [
      { batch: 5, ops: quick ? 4_000 : 15_000 },
      { batch: 100, ops: quick ? 10_000 : 40_000 },
    ]) {
      const [rates, rawRates, slowest]: number[][] = [[], [], []];
      const runs = quick ? 3 : 7;
      // The first run warms both sides up and does not count.
      for (let run = 0; run <= runs; run++) {
        const pushes = await writePushes(town, load);
        const bodies = bodiesOf(pushes);
        const rawMs = await rawTown.made
          .db()
          .exclusive((sqlite) => insertRaw(sqlite, bodies, load.batch, rawTown));
        const { ms, waits } = await measure(worker, pushes);
        if (run === 0) continue;
        rates?.push((load.ops / ms) * 1000);
        rawRates?.push((load.ops / rawMs) * 1000);
        slowest?.push(percentile(waits, 0.99));
      }
      const about = {
        bench: 'sync',
        case: `sqlite, ${CONNECTIONS} clients, ${load.batch} a batch`,
      };
      const [value, againstValue] = [median(rates ?? []), median(rawRates ?? [])];
      print({
        ...about,
        figure: 'ops_per_s',
        value: round(value),
        unit: '1/s',
        against: `the bare driver, FULL, ${load.batch} a transaction`,
        againstValue: round(againstValue),
        ratio: round(value / againstValue),
        n: runs,
      });
      if (load.batch !== 5) continue;
      const p99 = median(slowest ?? []);
      const goal = 150;
      print({
        ...about,
        figure: 'push_p99_ms',
        value: round(p99),
        unit: 'ms',
        against: 'goal',
        againstValue: goal,
        ratio: round(goal / p99),
        n: runs,
      });
    }
  } finally {
    await worker.terminate();
    await app.close();
    await registry.close();
    await town.made.remove();
    await rawTown.made.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
