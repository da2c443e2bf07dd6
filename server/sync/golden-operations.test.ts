import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RESULTS } from '#shared/model/results.ts';
import { OPERATION_TYPES } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { newestVersion } from '#shared/sync/upcast.ts';
import { checkOperation } from './check-operation.ts';

/** Bytes as a released version sent them, their hash as it sent it, and what they mean today. */
interface Golden {
  readonly body: string;
  readonly sha256: string;
  readonly means: { readonly type: string; readonly payload: object };
}

const root = fileURLToPath(new URL('../../tests/golden/ops', import.meta.url));
const versions = readdirSync(root);
const read = (version: string): [string, Golden][] =>
  readdirSync(`${root}/${version}`).map((name) => [
    `${version}/${name}`,
    JSON.parse(readFileSync(`${root}/${version}/${name}`, 'utf8')) as Golden,
  ]);
const golden = versions.flatMap(read);

test.each(golden)('%s, once released, is accepted for ever and means the same', (_, one) => {
  expect(createHash('sha256').update(one.body).digest('hex')).toBe(one.sha256);
  expect(checkOperation(one.body)).toEqual(one.means);
  expect(readOperation(one.body)).toEqual(one.means);
});

/**
 * Of all the bytes of a version. What phones once sent never changes: a version that was released
 * gets no other digest, only new versions, and types that were added to one, get a new line.
 */
const DIGESTS: Readonly<Record<string, string>> = {
  v1: '6d2b533c74d55b8be09cb8ebf8d918bde3a38a37d99ff0806c0af9a261ed825c',
  'v1-consent': '8892736fdbc4dce4984708ece70a11713d97d7c751f80bfae5f21bb399214f25',
  'v1-field': '8ba15b7d068b30e60017d6a51217164949f7eea5b69907d50066565e6d539a80',
};

test('no byte of a released version has changed', () => {
  const found = versions.map((version) => {
    const hash = createHash('sha256');
    for (const [name, { body }] of read(version)) hash.update(`${name}\n${body}\n`);
    return [version, hash.digest('hex')];
  });
  expect(Object.fromEntries(found)).toEqual(DIGESTS);
});

test('every type in every version, and every result, is among them', () => {
  const texts = golden.map(([name, { body }]) => ({ name, body }));
  for (const type of OPERATION_TYPES) {
    for (let version = 1; version <= newestVersion(type); version++) {
      const there = texts.filter(
        ({ name, body }) =>
          new RegExp(`^v${version}(-[a-z-]+)?/`).test(name) &&
          body.includes(`"type":"${type}","v":${version}`),
      );
      expect([type, version, there.length > 0]).toEqual([type, version, true]);
    }
  }
  for (const result of RESULTS) {
    expect(texts.some(({ body }) => body.includes(`"result":"${result}"`))).toBe(true);
  }
});
