import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface SlowLine {
  readonly url: string;
  close(): Promise<void>;
}

/** Lets bytes through at the pace of the line; whoever sends more waits. */
function throttle(from: Socket, to: Socket, bitsPerSecond: number): void {
  let freeAt = 0;
  from.on('data', (chunk: Buffer) => {
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + (chunk.length * 8 * 1000) / bitsPerSecond;
    from.pause();
    setTimeout(() => {
      if (!to.destroyed) to.write(chunk);
      from.resume();
    }, freeAt - now);
  });
  from.on('end', () => setTimeout(() => to.end(), Math.max(0, freeAt - performance.now())));
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}

/** A port of this machine that leads to the server over a line of so many bits a second each way. */
export async function openSlowLine(server: URL, bitsPerSecond: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const proxy = createServer((phone) => {
    const behind = connect(Number(server.port), server.hostname);
    sockets.add(phone).add(behind);
    throttle(phone, behind, bitsPerSecond);
    throttle(behind, phone, bitsPerSecond);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
