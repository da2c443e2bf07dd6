import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('the version is the one that the changelog begins with, everywhere', () => {
  const newest = /^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1];
  const own = JSON.parse(read('package.json')) as { version: string };
  const locked = JSON.parse(read('package-lock.json')) as {
    version: string;
    packages: Record<string, { version?: string }>;
  };
  expect([own.version, locked.version, locked.packages['']?.version]).toEqual(
    Array(3).fill(newest),
  );
});
