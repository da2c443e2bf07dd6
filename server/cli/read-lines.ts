/**
 * The lines of a source of any bytes, without their ends (LF or CRLF); what is behind the last end
 * counts when it is not empty. UTF-16 is known by its mark; a line that is not UTF-8 is taken for
 * Windows-1252. Of a line longer than `most` only the start comes, so that memory stays flat.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  most = 4_096,
): AsyncGenerator<string> {
  let decode: Decode | null = null;
  let head = Buffer.alloc(0);
  let rest = '';
  for await (const chunk of source) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (decode === null) {
      head = Buffer.concat([head, bytes]);
      if (head.length < 3) continue;
      bytes = head;
      decode = chooseDecode(head);
    }
    const lines = (rest + decode.text(bytes)).split('\n');
    rest = (lines.pop() ?? '').slice(0, most + 1);
    for (const line of lines) yield decode.line(line.slice(0, most));
  }
  decode ??= chooseDecode(head);
  if (rest === '') rest = decode.text(head.length < 3 ? head : Buffer.alloc(0));
  const lines = rest.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) yield decode.line(line.slice(0, most));
}

interface Decode {
  text(bytes: Uint8Array): string;
  line(text: string): string;
}

/** Bytes stand for letters one by one until a line is whole, since its end is one byte in all of them. */
const BY_BYTES: Decode = {
  text: (bytes) => Buffer.from(bytes).toString('latin1'),
  line: (text) => {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (!/[^\0-\x7f]/.test(line)) return line;
    const bytes = Buffer.from(line, 'latin1');
    try {
      return UTF_8.decode(bytes);
    } catch {
      return WINDOWS.decode(bytes);
    }
  },
};

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const WINDOWS = new TextDecoder('windows-1252');

function chooseDecode(head: Uint8Array): Decode {
  const mark = (head[0] ?? 0) * 256 + (head[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return BY_BYTES;
  const decoder = new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be');
  return {
    text: (bytes) => decoder.decode(bytes, { stream: true }),
    line: (text) => (text.endsWith('\r') ? text.slice(0, -1) : text),
  };
}
