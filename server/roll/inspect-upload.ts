import { open } from 'node:fs/promises';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { RollInspection, RollMapping } from '#shared/model/roll.ts';
import { LineDecoder } from '#shared/roll/decode-lines.ts';
import { detectEncoding } from '#shared/roll/detect-encoding.ts';
import { inspectText, type ReadingChoice } from '#shared/roll/inspect-text.ts';
import { makeLetters } from '#shared/roll/letters.ts';
import type { Upload } from './upload.ts';

const SAMPLE = 256 * 1024;

/**
 * What a file is and what its columns mean, from its beginning; in which letters it is written, from
 * the whole. `choice` is what somebody knows better. Problems: those of detectEncoding and inspectText.
 */
export async function inspectUpload(
  upload: Upload,
  choice: ReadingChoice = {},
): Promise<Result<RollInspection>> {
  const head = await readHead(upload.path, SAMPLE);
  const whole = head.length === upload.bytes;
  const detected = detectEncoding(head, whole);
  if (!detected.ok) return fail(detected.problem);
  let encoding = choice.encoding ?? detected.value.encoding;
  // A letter of another alphabet may stand far behind the sample.
  const isPlain = detected.value.encoding === 'utf-8' && detected.value.skip === 0;
  if (choice.encoding === undefined && isPlain && !upload.utf8) encoding = 'windows-1252';
  const text = new LineDecoder(makeLetters(TextDecoder), encoding)
    .push(head, true)
    .map((piece) => piece.text)
    .join('');
  const { fileName, bytes } = upload;
  return inspectText({ fileName, bytes, encoding }, text, whole, choice);
}

/** The mapping that an inspection proposes. */
export function proposeMapping(inspection: RollInspection): RollMapping {
  const { encoding, delimiter, quoted, headerLine, layout, columns } = inspection;
  return {
    encoding,
    delimiter,
    layout,
    quoted,
    headerLine,
    columns: columns.flatMap(({ use }) => (use === null ? [] : [use])),
  };
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
