import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Packet } from '#shared/model/packet.ts';
import { DEMO_TERMS } from '#shared/model/rules.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { call, makeWalk, type Phone, push, sealKnock } from './make-walk.ts';

const LARKFIELD = fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url));
const HEADER =
  'Voter File VANID,LastName,FirstName,Age,StreetNo,StreetName,StreetType,City,Zip5,General22\n';
const row = (id: string, last: string, number: number): string =>
  `${id},${last},Jo,40,${number},Alder,Ave,Larkfield,42,P\n`;
const dir = mkdtempSync(join(tmpdir(), 'roll-newcomers-'));

let server: TestApp;
let db: ChapterDb;

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('larkfield');
  await loadPlace(db, findRollFiles(LARKFIELD).place);
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

async function importRoll(...rows: readonly string[]): Promise<void> {
  const path = join(dir, 'roll.csv');
  writeFileSync(path, HEADER + rows.join(''));
  const { clock, random } = server.ports;
  const means = { clock, random, terms: DEMO_TERMS, apply: true };
  expect(await importRollFile(db, path, means)).toMatchObject({
    ok: true,
    value: { state: 'done' },
  });
}

async function readPacket(phone: Phone): Promise<Packet> {
  return call<Packet>(server, await phone.reader(), 'GET', '/v1/packet');
}

/** Last name, whether the turf asks for them, whether they asked to be left alone. */
function show({ people }: Packet): unknown[] {
  return [...people]
    .sort((a, b) => a.lastName.localeCompare(b.lastName))
    .map(({ lastName, target, doNotContact }) => [lastName, target, doNotContact]);
}

test('who comes to a door of a turf by a newer roll is asked for; who said no stays a no by whatever name', async () => {
  await importRoll(row('V1', 'Doe', 100), row('V2', 'Roe', 102));
  const { phone } = await makeWalk(server, db, 0);
  expect(show(phone.packet)).toEqual([
    ['Doe', true, false],
    ['Roe', true, false],
  ]);
  const doe = phone.packet.people.find(({ lastName }) => lastName === 'Doe');
  if (doe === undefined) throw new Error('nobody');
  const wish = { ...makeKnock(doe.doorId, 'do-not-contact'), personId: doe.id };
  await push(server, phone, [sealKnock(phone, wish, server.ports.clock())]);

  // Another number for the one who said no, a new name for the other, and somebody new.
  await importRoll(row('N1', 'Doe', 100), row('V2', 'Poe', 102), row('V9', 'New', 102));
  const packet = await readPacket(phone);
  expect(packet.turf.version).toBeGreaterThan(phone.packet.turf.version);
  expect(show(packet)).toEqual([
    ['Doe', false, true],
    ['New', true, false],
    ['Poe', true, false],
  ]);

  // Under the old number again, married and moved: the number is enough.
  await importRoll(row('V1', 'Smith', 104), row('V2', 'Poe', 102));
  const open = await db.read
    .selectFrom('voters')
    .innerJoin('people', 'people.key', 'voters.person_key')
    .select('voters.last_name')
    .where('people.key', 'not in', (no) => no.selectFrom('opt_outs').select('person_key'))
    .execute();
  expect(open).toEqual([{ last_name: 'Poe' }]);
});
