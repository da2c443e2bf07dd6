import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoundDoor } from '#shared/sync/phones.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';

let server: TestApp;
let oak: Record<string, string>;
let elm: Record<string, string>;

beforeAll(async () => {
  server = await makeApp();
  const [first, second] = [
    await server.makeChapter('oakdale'),
    await server.makeChapter('elmwood'),
  ];
  await makeTown(first, 'Oak');
  await makeTown(second, 'Elm');
  oak = (await server.staff(first, 'coordinator')).headers;
  elm = (await server.staff(second, 'coordinator')).headers;
});
afterAll(() => server.close());

async function find(like: string, headers = oak): Promise<readonly FoundDoor[]> {
  const url = `/v1/doors?like=${encodeURIComponent(like)}`;
  return (await server.app.inject({ url, headers })).json<FoundDoor[]>();
}

test('a door is found by the beginning of its address, whatever the capitals', async () => {
  const street = await find('main');
  expect(street.map(({ label }) => label)).toContain('1 Main St 2');
  expect((await find('  1 MAIN st')).map(({ label }) => label)).toEqual([
    '1 Main St 1',
    '1 Main St 2',
  ]);
  expect((await find('1 Main St, 2')).map(({ label }) => label)).toEqual(['1 Main St 2']);
});

test('no door of another chapter is found, and wildcards are letters', async () => {
  const own = new Set((await find('1 Main')).map(({ id }) => id));
  const others = await find('1 Main', elm);
  expect(others).toHaveLength(own.size);
  expect(others.filter(({ id }) => own.has(id))).toEqual([]);
  expect(await find('%%')).toEqual([]);
  expect(await find('__')).toEqual([]);
});

test('a letter that no database holds finds nothing and breaks nothing', async () => {
  expect(await find('\0\0')).toEqual([]);
  expect((await find('1\0 Main')).map(({ label }) => label)).toContain('1 Main St 1');
});
