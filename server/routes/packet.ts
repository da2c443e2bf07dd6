import type { App } from '../plugins/app-type.ts';
import { readerOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { readPacket } from '../turf/read-packet.ts';

/** What a phone downloads to walk the turf that it holds. */
export function packetRoutes(app: App, ports: Ports): void {
  app.get(
    '/v1/packet',
    {
      // Packed on its way, it has no length that a phone could show a bar of.
      onSend: async (_request, reply, payload) => {
        if (reply.statusCode === 200 && typeof payload === 'string') {
          reply.header('x-unpacked-bytes', Buffer.byteLength(payload));
        }
        return payload;
      },
    },
    async (request) => valueOf(await readPacket(readerOf(request), ports.clock())),
  );
}
