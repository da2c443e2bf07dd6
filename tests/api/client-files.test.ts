import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { buildApp } from '../../server/app.ts';
import type { App } from '../../server/plugins/app-type.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';

const DAY = 24 * 3600 * 1000;
let dir: string;
let now: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeground-files-'));
  now = Date.UTC(2026, 8, 1);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const clientDir = (): string => join(dir, 'client');

/** What a build leaves behind: the folder is emptied first, as the build does. */
function deploy(files: Readonly<Record<string, string>>): void {
  rmSync(clientDir(), { recursive: true, force: true });
  mkdirSync(join(clientDir(), 'assets'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(clientDir(), name), text);
}

const BUILD_A = {
  'index.html': '<script src="/assets/index-AAAA.js">',
  'assets/index-AAAA.js': 'import("./map-AAAA.js")',
  'assets/map-AAAA.js': 'the map of A',
  'assets/same-1111.js': 'in both',
};
const BUILD_B = {
  'index.html': '<script src="/assets/index-BBBB.js">',
  'assets/index-BBBB.js': 'import("./map-BBBB.js")',
  'assets/map-BBBB.js': 'the map of B',
  'assets/same-1111.js': 'in both',
};

/** A run of the server from its start to its end. */
async function withServer(work: (app: App) => Promise<void>): Promise<void> {
  const registry = SqliteRegistry.open(join(dir, 'data'));
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: join(dir, 'data'),
    publicUrl: 'http://localhost:8080',
    secureCookies: false,
    databases: new Map<string, string>(),
    clientDir: clientDir(),
  };
  const random = seededBytes(seededDice(1));
  const { app } = await buildApp({ config, registry, clock: () => now, random });
  try {
    await app.ready();
    await work(app);
  } finally {
    await app.close();
    await registry.close();
  }
}

test('a page of the build before still finds its parts, for 90 days after they left', async () => {
  deploy(BUILD_A);
  await withServer(async (app) => {
    expect((await app.inject('/assets/map-AAAA.js')).body).toBe('the map of A');
  });
  // However long A was the current build, its days begin when it is replaced.
  now += 200 * DAY;
  deploy(BUILD_B);
  await withServer(async (app) => {
    const old = await app.inject('/assets/map-AAAA.js');
    expect([old.statusCode, old.body]).toEqual([200, 'the map of A']);
    expect(old.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(old.headers['content-type']).toMatch(/javascript/);
    expect((await app.inject('/assets/map-BBBB.js')).body).toBe('the map of B');
    expect((await app.inject('/')).body).toContain('index-BBBB');
  });
  now += 89 * DAY;
  await withServer(async (app) => {
    expect((await app.inject('/assets/map-AAAA.js')).statusCode).toBe(200);
  });
  now += 2 * DAY;
  await withServer(async (app) => {
    expect((await app.inject('/assets/map-AAAA.js')).statusCode).toBe(404);
    expect((await app.inject('/assets/same-1111.js')).statusCode).toBe(200);
  });
});

test('a build that is replaced under a running server leaves its pages whole', async () => {
  deploy(BUILD_A);
  await withServer(async (app) => {
    deploy(BUILD_B);
    expect((await app.inject('/assets/map-AAAA.js')).body).toBe('the map of A');
    expect((await app.inject('/assets/map-BBBB.js')).body).toBe('the map of B');
  });
});

test('a list of what is kept that was torn only keeps files longer', async () => {
  deploy(BUILD_A);
  await withServer(async () => {});
  deploy(BUILD_B);
  writeFileSync(join(dir, 'data/assets/index.json'), '{"map-AAAA.js":');
  writeFileSync(join(dir, 'data/assets/map-CCCC.js.part'), 'half a fi');
  await withServer(async (app) => {
    expect((await app.inject('/assets/map-AAAA.js')).statusCode).toBe(200);
    expect((await app.inject('/assets/map-CCCC.js.part')).statusCode).toBe(404);
    expect((await app.inject('/assets/index.json')).statusCode).toBe(404);
  });
});

test('nothing but the parts of a build is reached through them', async () => {
  deploy(BUILD_A);
  await withServer(async (app) => {
    writeFileSync(join(dir, 'data/secret.js'), 'kept under lock');
    for (const path of [
      '/assets/../secret.js',
      '/assets/..%2fsecret.js',
      '/assets/%2e%2e/secret.js',
      '/assets/..%5csecret.js',
      '/assets/%2fetc%2fpasswd',
      '/assets//etc/passwd',
      '/assets/../registry.db',
      '/assets/..%2fregistry.db',
      '/assets/.hidden',
      '/assets/',
      '/assets/map-AAAA.js%00.png',
      '/assets/constructor',
      '/assets/__proto__',
    ]) {
      const answer = await app.inject(path);
      expect([path, answer.statusCode]).not.toEqual([path, 500]);
      expect(answer.body).not.toMatch(/kept under lock|root:|SQLite format/);
    }
  });
});

test('the version is asked for each time and changes with the build', async () => {
  deploy(BUILD_A);
  const seen: string[] = [];
  await withServer(async (app) => {
    const answer = await app.inject('/version.json');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.json()).toEqual({ build: expect.stringMatching(/^[0-9a-f]{16}$/), leastPull: 2 });
    seen.push(answer.json<{ build: string }>().build);
  });
  deploy(BUILD_B);
  await withServer(async (app) => {
    seen.push((await app.inject('/version.json')).json<{ build: string }>().build);
  });
  expect(new Set(seen).size).toBe(2);
});
