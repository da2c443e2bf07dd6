import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { problem } from '#shared/kernel/problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { RollInspection, RollMapping } from '#shared/model/roll.ts';
import { detectDelimiter } from '#shared/roll/detect-delimiter.ts';
import { detectEncoding } from '#shared/roll/detect-encoding.ts';
import { inspectRows } from '#shared/roll/inspect-rows.ts';
import { isBlankRow, readRows } from './read-rows.ts';
import type { Upload } from './upload.ts';

const SAMPLE = 256 * 1024;
const ROWS = 50;

/**
 * What a file is and what its columns mean, from its beginning; that no NUL is in it, and in which
 * letters it is written, from the whole. Problems: those of detectEncoding and inspectRows.
 */
export async function inspectUpload(upload: Upload): Promise<Result<RollInspection>> {
  const head = await readHead(upload.path, SAMPLE);
  const detected = detectEncoding(head, head.length === upload.bytes);
  if (!detected.ok) return detected;
  const { skip } = detected.value;
  let { encoding } = detected.value;
  // A letter of another alphabet may stand far behind the sample.
  if (encoding === 'utf-8' && skip === 0 && !upload.utf8) encoding = 'windows-1252';
  if (encoding === 'utf-8' || encoding === 'windows-1252') {
    const line = await findNul(upload.path);
    if (line !== null) return fail(problem('roll-has-nul', { line }));
  }
  const text = new TextDecoder(encoding).decode(head);
  const delimiter = detectDelimiter(text);
  const rows = firstRows(upload.path, { encoding, delimiter });
  if (!rows.ok) return rows;
  const [header = [], ...others] = rows.value;
  const { fileName, bytes } = upload;
  return inspectRows({ fileName, bytes, encoding, delimiter }, header, others);
}

/** The mapping that an inspection proposes. */
export function proposeMapping(inspection: RollInspection): RollMapping {
  const { encoding, delimiter, layout, columns } = inspection;
  return {
    encoding,
    delimiter,
    layout,
    columns: columns.flatMap(({ use }) => (use === null ? [] : [use])),
  };
}

function firstRows(
  path: string,
  reading: Pick<RollMapping, 'encoding' | 'delimiter'>,
): Result<(readonly string[])[]> {
  for (const { rows } of readRows(path, reading)) {
    const found = rows.filter((cells) => !isBlankRow(cells)).slice(0, ROWS + 1);
    if (found.length > 0) return { ok: true, value: found };
  }
  return fail(problem('roll-empty'));
}

async function readHead(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The line of the first NUL byte, or null. */
async function findNul(path: string): Promise<number | null> {
  let line = 1;
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const chunk = part as Buffer;
    const at = chunk.indexOf(0);
    if (at < 0 && !chunk.includes(10)) continue;
    const end = at < 0 ? chunk.length : at;
    for (let i = chunk.indexOf(10); i >= 0 && i < end; i = chunk.indexOf(10, i + 1)) line++;
    if (at >= 0) return line;
  }
  return null;
}
