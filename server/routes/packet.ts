import { Readable } from 'node:stream';
import type { Packet } from '#shared/model/packet.ts';
import type { App } from '../plugins/app-type.ts';
import { readerOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { readPacket } from '../turf/read-packet.ts';

/** So many facts are written at once: what is written of them is small, and soon forgotten. */
const FACTS_A_PIECE = 100;
/** A packet with no more facts is one piece. */
const FEW_FACTS = 1_000;

/** A packet as text, and never all of it in memory: with thousands of facts it has many MiB. */
function* writeInPieces({ history, ...rest }: Packet): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"history":[`;
  for (let from = 0; from < history.length; from += FACTS_A_PIECE) {
    const piece = JSON.stringify(history.slice(from, from + FACTS_A_PIECE)).slice(1, -1);
    yield from === 0 ? piece : `,${piece}`;
  }
  yield ']}';
}

function write(packet: Packet): { readonly bytes: number; readonly text: string | Readable } {
  if (packet.history.length <= FEW_FACTS) {
    const text = JSON.stringify(packet);
    return { bytes: Buffer.byteLength(text), text };
  }
  let bytes = 0;
  for (const piece of writeInPieces(packet)) bytes += Buffer.byteLength(piece);
  return { bytes, text: Readable.from(writeInPieces(packet), { objectMode: false }) };
}

/** What a phone downloads to walk the turf that it holds. */
export function packetRoutes(app: App, ports: Ports): void {
  app.get('/v1/packet', async (request, reply) => {
    const packet = valueOf(await readPacket(readerOf(request), ports.clock()));
    const { bytes, text } = write(packet);
    // Packed on its way, it has no length that a phone could show a bar of.
    void reply.header('x-unpacked-bytes', bytes).type('application/json; charset=utf-8');
    return reply.send(text);
  });
}
