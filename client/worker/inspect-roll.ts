import { problem } from '../../shared/kernel/problem.ts';
import { makeLetters } from '../../shared/roll/letters.ts';
import { FileSurveyor } from '../../shared/roll/survey-file.ts';
import type { InspectMessage, InspectOrder } from './inspect-roll-messages.ts';

/**
 * Reads a voter file that a person has chosen, off the main thread and in pieces: what it is, what
 * its columns mean, how many rows there are, and which of them are wrong. Nothing leaves the browser
 * here. An archive is not opened: the server unpacks it.
 */
const TELL_EVERY = 4 * 1024 * 1024;

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
    const stream = (await isGzip(file))
      ? file.stream().pipeThrough(new DecompressionStream('gzip'))
      : file.stream();
    const reader = stream.getReader();
    let bytes = 0;
    let told = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      surveyor.push(value);
      if (surveyor.refused) break;
      bytes += value.length;
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

async function isGzip(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}
