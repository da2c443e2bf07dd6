import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.ts';

// Makes of the tests that are named, and of what runs one of them, a bundle in a folder without any.
const [folder = '', ...names] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const entries = ['run-one', 'make-stage', ...names].map((name) => [
  name,
  join(import.meta.dirname, `${name}.ts`),
]);
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
await bundle({
  root,
  entries: Object.fromEntries(entries) as Record<string, string>,
  out: join(folder, 'proof'),
});
