// `npm run bench -- NAME … [--quick]`: one JSON line a figure on standard output, nothing else.
import { build, checkNode, install, root } from '../../server/prepare.mjs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const NAMES = [
  'sync',
  'import',
  'geocode',
  'layers',
  'duplicates',
  'boot',
  'tap',
  'packet',
  'at-rest',
  'first-load',
  'walk',
  'cut',
];
/** Asked for by name alone: figures that ASVS.md quotes, and those that want a quiet machine. */
const MORE = ['refusals', 'map-doors'];
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.filter((name) => ![...NAMES, ...MORE].includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no bench called ${unknown.join(', ')}. There are: ${[...NAMES, ...MORE].join(', ')}.`,
  );
  process.exit(2);
}
checkNode();
install();
build();
const { register } = await import('tsx/esm/api');
register();
for (const name of asked.length > 0 ? asked : NAMES) {
  const { bench } = await import(pathToFileURL(join(root, `tests/bench/${name}.ts`)).href);
  await bench({
    quick: process.argv.includes('--quick'),
    print: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
  });
}
process.exit(0);
