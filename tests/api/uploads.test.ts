import { createHash } from 'node:crypto';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenUpload } from '#shared/model/upload.ts';
import { fingerprintParts } from '#shared/roll/fingerprint-parts.ts';
import { continueUpload } from '../../server/roll/open-upload.ts';
import { UPLOAD_LIMIT } from '../../server/roll/upload-limit.ts';
import { uploadsDir } from '../../server/roll/upload.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';

const HEADER = 'Voter File VANID,LastName,FirstName,StreetNo,StreetName,City,Zip5\n';
const FILE = Buffer.from(HEADER + '1,Pham,Ana,12,Alder Ave,Larkfield,00042\n'.repeat(50_000));
/** Where the first part ends; `GET /v1/roll/uploads/:id` tells it. */
const CUT = 700_000;

let server: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string }; id: string };
let other: { cookie: string };

beforeAll(async () => {
  server = await makeApp();
});
afterAll(() => server.close());
let count = 0;
beforeEach(async () => {
  db = await server.makeChapter(`uploads-${count++}`);
  const { headers, memberId } = await server.staff(db, 'research-lead');
  lead = { headers, id: memberId };
  other = (await server.staff(db, 'research-lead')).headers;
});

function fingerprint(file: Buffer): string {
  const hash = createHash('sha256').update(`${file.length}\n`);
  for (const { from, to } of fingerprintParts(file.length)) hash.update(file.subarray(from, to));
  return hash.digest('hex');
}

const about = (file = FILE, name = 'roll.csv') => ({
  name,
  bytes: file.length,
  fingerprint: fingerprint(file),
});

function call(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  payload?: object,
  headers = lead.headers,
) {
  const url = `/v1/roll/uploads${path}`;
  return server.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
}

async function begin(file = FILE): Promise<OpenUpload> {
  const answer = await call('POST', '', about(file));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<OpenUpload>();
}

function send(id: string, offset: number, payload: Buffer | Readable, headers = lead.headers) {
  const type = { 'content-type': 'application/octet-stream' };
  const url = `/v1/roll/uploads/${id}?offset=${offset}`;
  return server.app.inject({ method: 'PATCH', url, headers: { ...headers, ...type }, payload });
}

test('a line that breaks in the middle costs what was not sent yet; the same file goes on from there', async () => {
  const { uploadId, offset } = await begin();
  expect(offset).toBe(0);
  expect((await send(uploadId, 0, FILE.subarray(0, CUT))).json()).toEqual({
    uploadId,
    offset: CUT,
  });
  const line = new Readable({ read() {} });
  line.push(FILE.subarray(CUT, CUT + 1000));
  setTimeout(() => line.destroy(), 30);
  const broken = await continueUpload(db, lead.id, uploadId, CUT, line);
  expect(!broken.ok && broken.problem.code).toBe('upload-broken');

  // Whoever comes back, be it after a restart of either side, chooses the file and is told how far.
  const again = await begin();
  expect(again).toEqual({ uploadId, offset: CUT + 1000 });
  expect((await call('GET', `/${uploadId}`)).json()).toEqual(again);
  expect((await call('POST', `/${uploadId}/end`)).json()).toMatchObject({
    problem: { code: 'upload-offset', facts: { offset: CUT + 1000 } },
  });
  await send(uploadId, again.offset, FILE.subarray(again.offset));
  const ended = await call('POST', `/${uploadId}/end`);
  expect(ended.json()).toMatchObject({
    uploadId,
    bytes: FILE.length,
    inspection: { layout: 'van-export' },
  });
  expect((await call('POST', `/${uploadId}/end`)).json()).toEqual(ended.json());
});

test('a part for another place, or beyond the end, leaves what is there', async () => {
  const { uploadId } = await begin();
  await send(uploadId, 0, FILE.subarray(0, CUT));
  for (const wrong of [0, CUT - 1, CUT + 1]) {
    const answer = await send(uploadId, wrong, FILE.subarray(wrong, wrong + 10));
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({
      problem: { code: 'upload-offset', facts: { offset: CUT } },
    });
  }
  const more = await send(uploadId, CUT, Buffer.concat([FILE.subarray(CUT), Buffer.from('x')]));
  expect(more.json()).toMatchObject({ problem: { code: 'not-valid' } });
  const { offset } = (await call('GET', `/${uploadId}`)).json<OpenUpload>();
  expect(offset).toBeLessThanOrEqual(FILE.length);
});

test('two windows with one file take turns at the same upload', async () => {
  const { uploadId } = await begin();
  const line = new Readable({ read() {} });
  line.push(FILE.subarray(0, 1000));
  const first = continueUpload(db, lead.id, uploadId, 0, line);
  await sleep(20);
  expect(await begin()).toMatchObject({ uploadId });
  const second = await send(uploadId, 0, FILE.subarray(0, CUT));
  expect(second.json()).toMatchObject({ problem: { code: 'upload-busy' } });
  line.push(null);
  expect(await first).toEqual({ ok: true, value: { uploadId, offset: 1000 } });
  expect((await send(uploadId, 1000, FILE.subarray(1000))).statusCode).toBe(200);
});

test('too large a file is refused before it is sent, and nobody else goes on with a file', async () => {
  const huge = await call('POST', '', { ...about(), bytes: UPLOAD_LIMIT + 1 });
  expect(huge.json()).toMatchObject({ problem: { code: 'roll-too-large' } });
  const { uploadId } = await begin();
  expect((await call('GET', `/${uploadId}`, undefined, other)).statusCode).toBe(404);
  expect((await send(uploadId, 0, Buffer.from('x'), other)).statusCode).toBe(404);
  expect((await call('DELETE', `/${uploadId}`)).statusCode).toBe(204);
  expect(readdirSync(uploadsDir(db))).toEqual([]);
});

test('a layer sent in another window leaves a roll on its way alone; of too many files the stillest goes', async () => {
  const { uploadId } = await begin();
  await send(uploadId, 0, FILE.subarray(0, CUT));
  const files = ['2,Diaz', '3,Wu', '4,Oak'].map((row) => Buffer.from(`${HEADER}${row}\n`));
  const [still, ...rest] = files;
  const { uploadId: first } = await begin(still);
  const before = (server.time.now - 3600 * 1000) / 1000;
  utimesSync(join(uploadsDir(db), first), before, before);
  for (const file of rest) await begin(file);
  expect(await begin()).toEqual({ uploadId, offset: CUT });
  expect((await call('GET', `/${first}`)).json()).toMatchObject({
    problem: { code: 'upload-gone' },
  });
});

test('a file that was changed while it was sent is not taken for the one that was announced', async () => {
  const { uploadId } = await begin();
  const changed = Buffer.from(FILE);
  changed.write('Wu,Eva,9', FILE.length - 40);
  await send(uploadId, 0, changed);
  expect((await call('POST', `/${uploadId}/end`)).json()).toMatchObject({
    problem: { code: 'upload-mixed' },
  });
  expect(readdirSync(uploadsDir(db))).toEqual([]);
});

test('what nobody went on with for a day is gone', async () => {
  const { uploadId } = await begin();
  await send(uploadId, 0, FILE.subarray(0, CUT));
  const before = (server.time.now - 25 * 3600 * 1000) / 1000;
  for (const name of readdirSync(uploadsDir(db))) {
    utimesSync(join(uploadsDir(db), name), before, before);
  }
  expect((await call('POST', '', about(FILE, 'again.csv'), other)).statusCode).toBe(200);
  expect((await call('GET', `/${uploadId}`)).statusCode).toBe(404);
});
