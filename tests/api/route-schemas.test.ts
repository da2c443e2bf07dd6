import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp, type TestApp } from './make-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await makeApp();
});
afterAll(() => server.close());

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Every place of a schema where more could come in than anybody has thought of. */
function findOpen(schema: unknown, path: string): string[] {
  if (!isSchema(schema)) return [`${path} is no schema`];
  const { type, properties, items, enum: words, const: only } = schema;
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((kind) => schema[kind] ?? []);
  const found = choices.flatMap((choice, i) => findOpen(choice, `${path}|${i}`));
  if (words !== undefined || only !== undefined) return found;
  if (type === undefined && choices.length === 0) found.push(`${path} takes anything`);
  if (type === 'string' && typeof schema['maxLength'] !== 'number') {
    found.push(`${path} has no maxLength`);
  }
  if (type === 'array') {
    const fixed = Array.isArray(items) && schema['additionalItems'] === false;
    if (!fixed && typeof schema['maxItems'] !== 'number') found.push(`${path} has no maxItems`);
    const each = Array.isArray(items) ? items : [items];
    found.push(...each.flatMap((item) => findOpen(item, `${path}[]`)));
  }
  if (type === 'object') {
    if (schema['additionalProperties'] !== false) found.push(`${path} takes any further field`);
    if (isSchema(properties)) {
      for (const [name, member] of Object.entries(properties)) {
        found.push(...findOpen(member, `${path}.${name}`));
      }
    }
  }
  return found;
}

test('the search for what is open finds each kind of it', () => {
  const open = {
    type: 'object',
    properties: {
      a: { type: 'string' },
      b: { type: 'array', maxItems: 2, items: { type: 'string' } },
      c: { type: 'array', items: { type: 'string', maxLength: 2 } },
      d: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      e: {},
    },
  };
  expect(findOpen(open, 'x')).toEqual([
    'x takes any further field',
    'x.a has no maxLength',
    'x.b[] has no maxLength',
    'x.c has no maxItems',
    'x.d|0 has no maxLength',
    'x.e takes anything',
  ]);
});

/**
 * Bounded by a check of their own, since a schema's would count every letter: see isTooLong, and
 * tests/api/packed-push.
 */
const BY_A_CHECK = ['POST /v1/push body.ops[].body has no maxLength'];

test('every text, list and object that a route takes has its bounds', () => {
  let parts = 0;
  for (const { method, url, schema } of server.routes) {
    for (const part of ['body', 'querystring', 'params'] as const) {
      if (schema[part] === undefined) continue;
      const open = findOpen(schema[part], `${method} ${url} ${part}`);
      expect(open.filter((place) => !BY_A_CHECK.includes(place))).toEqual([]);
      parts += 1;
    }
  }
  expect(parts).toBeGreaterThan(25);
});

test('every route with a part in its path says of which form that is', () => {
  for (const { method, url, schema } of server.routes) {
    if (!/[:*]/.test(url) || url === '/*') continue;
    expect([method, url, schema.params === undefined]).toEqual([method, url, false]);
  }
});

/** Routes that read their body by themselves: as bytes of a file, or as a browser's report. */
const BY_THEMSELVES = ['/v1/roll/uploads', '/v1/roll/uploads/:id', '/v1/policy-reports'];

test('a route without a form for its body takes none', async () => {
  const db = await server.makeChapter('oakdale');
  const { headers } = await server.staff(db, 'admin');
  let tried = 0;
  for (const { method, url, schema, access } of server.routes) {
    if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || schema.body !== undefined) continue;
    if (BY_THEMSELVES.includes(url) || access === 'anyone' || !access.includes('admin')) continue;
    const answer = await server.app.inject({
      method: method as 'POST',
      url: url.replaceAll(/:\w+/g, '0190a0a0-0000-7000-8000-00000000dead'),
      headers: { ...headers, 'content-type': 'application/json', 'if-match': '1' },
      payload: '{"more":1}',
    });
    expect([method, url, answer.statusCode]).toEqual([method, url, 400]);
    tried += 1;
  }
  expect(tried).toBeGreaterThan(3);
});
