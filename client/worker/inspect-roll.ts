import { problem } from '../../shared/kernel/problem.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import { findZipEntry } from '../../shared/roll/find-zip-entry.ts';
import { makeLetters } from '../../shared/roll/letters.ts';
import { FileSurveyor } from '../../shared/roll/survey-file.ts';
import type { InspectMessage, InspectOrder } from './inspect-roll-messages.ts';

/**
 * Reads a voter file that a person has chosen, off the main thread and in pieces: what it is, what
 * its columns mean, how many rows there are, and which of them are wrong. Nothing leaves the browser
 * here. An archive of one file is looked into; the server unpacks it once more.
 */
const TELL_EVERY = 4 * 1024 * 1024;
/** An archive that grows beyond both is none of a voter file; the server holds to the same. */
const HARMLESS = 64 * 1024 * 1024;
const MOST_TIMES = 100;

function say(message: InspectMessage): void {
  self.postMessage(message);
}

self.addEventListener('message', (event: MessageEvent<InspectOrder>) => {
  void inspect(event.data);
});

async function inspect({ file, choice, today }: InspectOrder): Promise<void> {
  const surveyor = new FileSurveyor({
    fileName: file.name,
    bytes: file.size,
    letters: makeLetters(TextDecoder),
    today,
    choice,
    onColumns: (inspection) => say({ kind: 'columns', inspection }),
  });
  try {
    const opened = await openFile(file);
    if (!opened.ok) return say({ kind: 'problem', problem: opened.problem });
    const stream = opened.value;
    const reader = stream.getReader();
    let bytes = 0;
    let told = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      surveyor.push(value);
      if (surveyor.refused) break;
      bytes += value.length;
      if (bytes > HARMLESS && bytes > MOST_TIMES * file.size) {
        return say({ kind: 'problem', problem: problem('roll-bomb') });
      }
      if (bytes - told < TELL_EVERY) continue;
      told = bytes;
      const counts = { rows: surveyor.records, taken: 0, problems: [] };
      say({ kind: 'progress', bytes: Math.min(bytes, file.size), counts });
    }
    const { inspection, records, taken, problems, hindrance } = surveyor.end();
    if (inspection === null && hindrance !== null) {
      return say({ kind: 'problem', problem: hindrance });
    }
    if (records === 0) return say({ kind: 'problem', problem: problem('roll-empty') });
    // In which letters all of it is written is known only now.
    if (inspection !== null) say({ kind: 'columns', inspection });
    say({ kind: 'done', counts: { rows: records, taken, problems } });
  } catch {
    // The file went away or changed on disk while it was read.
    say({ kind: 'problem', problem: problem('file-unreadable') });
  }
}

/** Its bytes, or those of the one file in an archive. */
async function openFile(file: File): Promise<Result<ReadableStream<Uint8Array>>> {
  const readAt = async (at: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  const [a, b, c, d] = await readAt(0, 4);
  if (a === 0x1f && b === 0x8b) {
    return ok(file.stream().pipeThrough(new DecompressionStream('gzip')));
  }
  if (a !== 0x50 || b !== 0x4b || c !== 3 || d !== 4) return ok(file.stream());
  const entry = await findZipEntry(readAt, file.size);
  if (!entry.ok) return entry;
  const { start, packed, deflated } = entry.value;
  const part = file.slice(start, start + packed).stream();
  return ok(deflated ? part.pipeThrough(new DecompressionStream('deflate-raw')) : part);
}
