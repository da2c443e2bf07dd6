import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeground-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (change: Record<string, string>) =>
  readConfig({ DATA_DIR: join(folder, 'a/b'), ...change }, null);

test('nothing set gives the local defaults', () => {
  expect(read({})).toMatchObject({
    ok: true,
    value: { port: 8080, host: '127.0.0.1', publicUrl: null, secureCookies: false },
  });
});

test('an https address makes the cookies secure and loses its slash', () => {
  expect(read({ PUBLIC_URL: 'https://canvass.example.org/' })).toMatchObject({
    ok: true,
    value: { publicUrl: 'https://canvass.example.org', secureCookies: true },
  });
});

test('each fault has its own sentence, all at once', () => {
  writeFileSync(join(folder, 'file'), '');
  const config = read({
    PORT: '80 80',
    HOST: 'a b',
    PUBLIC_URL: 'canvass.example.org/path',
    DATA_DIR: join(folder, 'file/data'),
  });
  const faults = config.ok ? [] : config.problem;
  expect(faults).toHaveLength(4);
  for (const name of ['PORT', 'HOST', 'PUBLIC_URL', 'DATA_DIR']) {
    expect(faults.some((fault) => fault.startsWith(`${name} is "`))).toBe(true);
  }
});

test('a port out of range and a data folder that is the system’s own are refused', () => {
  for (const port of ['-1', '65536', '8080x', '1e3', ''])
    expect(read({ PORT: port }).ok).toBe(false);
  expect(read({ DATA_DIR: '/proc/homeground' }).ok).toBe(false);
});

test('PostgreSQL servers are known by the names of their settings, and no fault shows a password', () => {
  const main = 'postgres://user:secret@db.example.org/homeground';
  const second = 'postgresql://user:secret@other.example.org/homeground';
  const config = read({ DATABASE_URL: main, DATABASE_URL_NORTH_SIDE: second });
  expect(config.ok && [...config.value.databases]).toEqual([
    ['main', main],
    ['north_side', second],
  ]);
  expect(read({})).toMatchObject({ ok: true, value: { databases: new Map() } });
  const faulty: Record<string, string>[] = [
    { DATABASE_URL: 'mysql://user:secret@db' },
    { DATABASE_URL: 'postgres://user:secret@db:port/x' },
    { DATABASE_URL_NORTH: second },
    { DATABASE_URL: main, DATABASE_URL_SQLITE: second },
    { DATABASE_URL: main, DATABASE_URL_MAIN: second },
  ];
  for (const settings of faulty) {
    const refused = read(settings);
    const sentence = refused.ok ? '' : refused.problem.join();
    expect(sentence).toMatch(/^DATABASE_URL/);
    expect(sentence).not.toContain('secret');
  }
});
