import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { HORRORS } from '../../fixtures/horrors/horrors.ts';
import { inspectFile } from '../../server/roll/inspect-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'horrors-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function inspect(bytes: Uint8Array) {
  const path = join(dir, 'voters.csv');
  writeFileSync(path, bytes);
  const { taken, problems, hindrance, records, inspection } = await inspectFile(path, '2026-11-01');
  const faults = problems.map(({ line, column, code }) => [line, column, code]);
  return { taken: hindrance === null ? taken : null, faults, records, problems, inspection };
}

test.each(HORRORS)('$name: each fault is told, and the rest is read', async (horror) => {
  const { taken, faults, problems } = await inspect(horror.bytes);
  expect({ taken, faults }).toEqual({ taken: horror.taken, faults: horror.faults });
  // What happened and what to do, as sentences.
  for (const { message } of problems) expect(message).toMatch(/\.\s\S.*\.$|Nothing\.$/);
});

test('what nobody may keep is in no part of the report', async () => {
  const bad = HORRORS.filter(({ faults }) => faults[0]?.[2] === 'roll-forbidden-column');
  for (const { bytes } of bad) expect(JSON.stringify(await inspect(bytes))).not.toContain('078-05');
});

test('a cell of ten megabytes is one bad row, and an archive that grows beyond sense is refused', async () => {
  const text = `Voter ID,Last,Address\n1,A,1 Elm St\n2,"${'x'.repeat(10 << 20)}",2 Elm St\n3,C,3 Elm St\n`;
  const { taken, faults } = await inspect(Buffer.from(text));
  expect({ taken, faults }).toEqual({ taken: 2, faults: [[3, 'Last', 'row-too-long']] });
  const line = `1,A,${'x'.repeat(500_000)}\n`;
  const bomb = gzipSync(`Voter ID,Last,Address\n${line.repeat(140)}`, { level: 1 });
  expect((await inspect(bomb)).faults).toEqual([[null, null, 'roll-bomb']]);
});

test('the same report whatever the letters and the line ends', async () => {
  const text = 'Voter ID,Last,Address\n1,A,1 Elm St\n2,"B\nB",2 Elm St\n,C,3 Elm St\n';
  const plain = await inspect(Buffer.from(text));
  expect(plain).toMatchObject({ records: 3, faults: [[5, 'Voter ID', 'no-id']] });
  for (const other of [
    Buffer.from(`\uFEFF${text}`),
    Buffer.from(text.replaceAll('\n', '\r\n')),
    Buffer.from(text.replaceAll('\n', '\r')),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    gzipSync(text),
  ]) {
    const { records, faults } = await inspect(other);
    expect({ records, faults }).toEqual({ records: 3, faults: plain.faults });
  }
});
