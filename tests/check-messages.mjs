// Fails when a message is missing from a catalogue: one in the code that was not extracted, or one
// that Spanish does not say yet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const catalogues = ['en', 'es', 'door/door-en', 'door/door-es', 'desk/desk-en', 'desk/desk-es'].map(
  (name) => join(root, 'client/locales', `${name}.po`),
);
const ids = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('msgid '))
    .join('\n');

const before = catalogues.map(ids);
const lingui = join(root, 'node_modules/.bin/lingui');
const extracted = spawnSync(lingui, ['extract', '--clean', '--workers', '1'], {
  cwd: root,
  encoding: 'utf8',
});
if (extracted.status !== 0) {
  console.error(extracted.stdout + extracted.stderr);
  process.exit(1);
}
if (catalogues.map(ids).some((now, index) => now !== before[index])) {
  console.error('Messages were added or removed: run `npm run messages` and translate them.');
  process.exit(1);
}
const empty = catalogues
  .filter((path) => path.endsWith('es.po'))
  .flatMap((path) => readFileSync(path, 'utf8').split('\n\n'))
  .filter((entry) => /msgid "(?!"\n)/.test(entry) && entry.trimEnd().endsWith('msgstr ""'));
if (empty.length > 0) {
  console.error(`Spanish lacks ${empty.length} messages:\n${empty.join('\n\n')}`);
  process.exit(1);
}
console.log('Every message is said in English and in Spanish.');
