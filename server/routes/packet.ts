import type { App } from '../plugins/app-type.ts';
import { readerOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { readPacket } from '../turf/read-packet.ts';

/** What a phone downloads to walk the turf that it holds. */
export function packetRoutes(app: App, ports: Ports): void {
  app.get('/v1/packet', async (request) =>
    valueOf(await readPacket(readerOf(request), ports.clock())),
  );
}
