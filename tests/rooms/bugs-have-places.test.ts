import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUGS } from '../prove/mutants/bugs.ts';

const ROOT = join(import.meta.dirname, '../..');

// The proof puts each of these bugs in by its words; a line that moved is seen here, in a second.
test.each(BUGS)('the bug $name has its places in the code', ({ edits, told }) => {
  const texts = new Map<string, string>();
  for (const { file, find, put } of edits) {
    const text = texts.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
    const parts = text.split(find);
    expect(parts, `${file}: ${find}`).toHaveLength(2);
    texts.set(file, parts.join(put));
  }
  if (told === undefined) return;
  expect(readFileSync(join(ROOT, told.file), 'utf8')).toContain(told.name);
});
