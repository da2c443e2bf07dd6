import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { badPaths, badSlugs } from './corpora.ts';
import { makeApp, type TestApp } from './make-app.ts';

const CANARY = 'the canary that must not be read';

let server: TestApp;
let files: string;
let admin: { headers: { cookie: string } };
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'homeground-names-'));
  mkdirSync(join(files, 'client/assets'), { recursive: true });
  mkdirSync(join(files, 'client/.vite'));
  writeFileSync(join(files, 'client/index.html'), '<!doctype html><title>Homeground</title>');
  for (const name of ['canary.txt', 'registry.db', '.env', 'client/.vite/canary.txt']) {
    writeFileSync(join(files, name), CANARY);
  }
  server = await makeApp(null, { clientDir: join(files, 'client') });
  admin = await server.staff(await server.makeChapter('oakdale'), 'admin');
  await server.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await server.close();
  rmSync(files, { recursive: true, force: true });
});

/** Asks with the path exactly as it stands, which no browser and no URL would leave alone. */
function askRaw(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; body: string }> {
  const { port } = server.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

test('200 bad short names make no chapter and no file', async () => {
  const { dataDir } = server.ports.config;
  const list = (): string[] =>
    readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .filter((name) => !/-(wal|shm)$/.test(name))
      .sort();
  const before = list();
  for (const slug of badSlugs()) {
    const wish = { slug, name: 'x', timeZone: 'America/New_York', campaign: 'x', demo: false };
    const made = await createChapter(wish, server.ports);
    expect([slug, made.ok]).toEqual([slug, false]);
  }
  expect(list()).toEqual(before);
});

test('200 paths reach no file that is not served, with and without a session', async () => {
  for (const path of badPaths()) {
    for (const headers of [{}, admin.headers]) {
      const answer = await askRaw(path, headers);
      expect([path, answer.body.includes(CANARY), /root:.*:0:0/.test(answer.body)]).toEqual([
        path,
        false,
        false,
      ]);
      // The app's own page, which then shows that there is no such screen, or a refusal.
      const page = answer.status === 200 && answer.body.startsWith('<!doctype html>');
      expect([path, page || [400, 403, 404].includes(answer.status)]).toEqual([path, true]);
    }
  }
});

test('a voter file’s name never becomes a path', async () => {
  const { dataDir } = server.ports.config;
  for (const name of [
    '../../x.csv',
    '/etc/x.csv',
    '..\\x.csv',
    'a\0b.csv',
    'con.csv',
    '.htaccess',
  ]) {
    await server.app.inject({
      method: 'PUT',
      url: `/v1/roll/uploads?name=${encodeURIComponent(name)}`,
      headers: { ...admin.headers, 'content-type': 'application/octet-stream' },
      payload: 'a,b\n1,2\n',
    });
  }
  const there = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  for (const name of there) expect(name).not.toMatch(/x\.csv|b\.csv|con\.csv|htaccess/);
});
