import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp, type TestApp } from './make-app.ts';

let plain: TestApp;
let secure: TestApp;
let files: string;
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'homeground-web-'));
  mkdirSync(join(files, 'assets'));
  writeFileSync(join(files, 'index.html'), '<!doctype html><title>Homeground</title>');
  writeFileSync(join(files, 'assets/index-AAAA.js'), 'export {};');
  plain = await makeApp(null, { clientDir: files });
  secure = await makeApp(null, { clientDir: files, secureCookies: true });
});
afterAll(async () => {
  await plain.close();
  await secure.close();
  rmSync(files, { recursive: true, force: true });
});

/** The directives of a policy by their names. */
function readPolicy(text: unknown): Map<string, string> {
  const parts = String(text)
    .split(';')
    .map((part) => part.trim().split(/\s+(.*)/s));
  return new Map(parts.map(([name = '', value = '']) => [name, value]));
}

test('a page may load what is its own and nothing else, and makes markup of no text', async () => {
  for (const url of ['/', '/walk', '/desk/roll', '/assets/index-AAAA.js', '/nowhere.js']) {
    const { headers } = await plain.app.inject({ url });
    const policy = readPolicy(headers['content-security-policy']);
    expect(policy.get('default-src')).toBe("'none'");
    for (const kind of ['script-src', 'style-src', 'connect-src', 'worker-src', 'manifest-src']) {
      expect([kind, policy.get(kind)]).toEqual([kind, "'self'"]);
    }
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
    expect(policy.get('trusted-types')).toBe('default');
    for (const kind of ['object-src', 'frame-ancestors', 'base-uri'])
      expect(policy.get(kind)).toBe("'none'");
    expect(policy.get('report-uri')).toBe('/v1/policy-reports');
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('microphone=()');
    // It would wipe the outbox with the rest (S-6).
    expect(headers['clear-site-data']).toBeUndefined();
  }
});

test('browsers are told to keep to https for a year where there is https, and not elsewhere', async () => {
  for (const url of ['/', '/v1/health', '/v1/nowhere']) {
    const [http, https] = [await plain.app.inject({ url }), await secure.app.inject({ url })];
    expect(http.headers['strict-transport-security']).toBeUndefined();
    expect(https.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  }
});

test('no answer of the API is kept by anybody on the way, whatever it is', async () => {
  for (const { method, url } of plain.routes) {
    if (!url.startsWith('/v1/')) continue;
    const answer = await plain.app.inject({
      method: method as 'GET',
      url: url.replaceAll(/:\w+/g, 'x'),
      ...(!['GET', 'HEAD'].includes(method) && {
        headers: { 'content-type': 'application/json' },
        payload: '{',
      }),
    });
    expect([method, url, answer.headers['cache-control']]).toEqual([method, url, 'no-store']);
  }
});

test('behind https the session has a cookie that nobody else can set', async () => {
  const db = await secure.makeChapter('oakdale');
  const { headers } = await secure.staff(db, 'admin');
  const token = headers.cookie.slice('hg_session='.length);
  const me = (cookie: string) => secure.app.inject({ url: '/v1/me', headers: { cookie } });

  // A cookie from before the server had https: it counts once, and gets its new name at once.
  const first = await me(`hg_session=${token}`);
  expect(first.statusCode).toBe(200);
  const set = first.cookies.find(({ name }) => name === '__Host-hg_session');
  expect(set).toMatchObject({
    value: token,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
  });
  expect(set).not.toHaveProperty('domain');
  const dropped = first.cookies.find(({ name }) => name === 'hg_session');
  expect([dropped?.value, dropped?.expires?.getTime()]).toEqual(['', 0]);

  const second = await me(`__Host-hg_session=${token}`);
  expect([second.statusCode, second.cookies]).toEqual([200, []]);
  // The name that anybody on the same domain can set never wins over the other.
  const both = await me(`hg_session=${'x'.repeat(60)}; __Host-hg_session=${token}`);
  expect(both.statusCode).toBe(200);
  expect((await me(`__Host-hg_session=x; hg_session=${token}`)).statusCode).toBe(401);

  const out = await secure.app.inject({
    method: 'POST',
    url: '/v1/sign-out',
    headers: { cookie: `__Host-hg_session=${token}` },
  });
  expect(out.cookies.find(({ name }) => name === '__Host-hg_session')?.value).toBe('');
});

test('an act with a cookie is refused unless one of our own pages asks for it', async () => {
  const db = await plain.makeChapter('elmwood');
  const { headers } = await plain.staff(db, 'admin');
  let tried = 0;
  for (const { method, url } of plain.routes) {
    if (['GET', 'HEAD'].includes(method)) continue;
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await plain.app.inject({
        method: method as 'POST',
        url: url.replaceAll(/:\w+/g, 'x'),
        headers: { ...headers, 'sec-fetch-site': site },
      });
      expect([method, url, answer.statusCode]).toEqual([method, url, 403]);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(60);
});

test('a method that no route has, and a parameter that comes twice, get nothing', async () => {
  for (const method of ['TRACE', 'OPTIONS', 'PROPFIND'] as const) {
    for (const url of ['/', '/v1/me']) {
      const { statusCode, body } = await plain.app.inject({ method: method as 'OPTIONS', url });
      expect([method, url, [400, 404].includes(statusCode)]).toEqual([method, url, true]);
      expect(body).not.toMatch(/user-agent/i);
    }
  }
  const db = await plain.makeChapter('larkfield');
  const { headers } = await plain.staff(db, 'admin');
  const once = await plain.app.inject({ url: '/v1/doors?like=Main', headers });
  const twice = await plain.app.inject({ url: '/v1/doors?like=Main&like=Oak', headers });
  expect([once.statusCode, twice.statusCode]).toEqual([200, 400]);
});

test('a browser’s report is taken, read for its rule alone, and limited', async () => {
  const lines: string[] = [];
  const report = (more: object, remoteAddress = '10.0.0.1') =>
    plain.app.inject({
      method: 'POST',
      url: '/v1/policy-reports',
      remoteAddress,
      headers: { 'content-type': 'application/csp-report' },
      payload: JSON.stringify({ 'csp-report': more }),
    });
  expect(
    (await report({ 'effective-directive': 'script-src', 'blocked-uri': 'inline' })).statusCode,
  ).toBe(204);
  for (const odd of ['', '{', 'null', '[]', '{"csp-report":1}', '['.repeat(5000)]) {
    const answer = await plain.app.inject({
      method: 'POST',
      url: '/v1/policy-reports',
      remoteAddress: '10.0.0.2',
      headers: { 'content-type': 'application/csp-report' },
      payload: odd,
    });
    expect([204, 400]).toContain(answer.statusCode);
  }
  const large = await report({ sample: 'x'.repeat(20_000) }, '10.0.0.3');
  expect(large.statusCode).toBe(413);
  for (let i = 0; i < 30; i++) lines.push(String((await report({})).statusCode));
  expect(lines.filter((status) => status === '204')).toHaveLength(19);
  expect(lines.at(-1)).toBe('429');
});
