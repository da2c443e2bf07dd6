import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What stands between a browser and everything else: it passes on what is meant for one origin, and
 * notes and refuses the rest, whoever in the browser asks: page, worker, service worker or report.
 */
export class RecordingProxy {
  /** Hosts that were asked and are not ours, each as often as it was asked. */
  readonly foreign: string[] = [];
  /** From now on the app on the server is one that browsers have not seen. */
  newerApp = false;
  readonly #server: Server;

  private constructor(origin: URL) {
    this.#server = createServer((asked, answer) => {
      const wanted = URL.canParse(asked.url ?? '') ? new URL(asked.url ?? '') : null;
      if (wanted?.origin !== origin.origin) {
        this.foreign.push(wanted?.host ?? String(asked.url));
        answer.writeHead(502).end();
        return;
      }
      const { method, headers } = asked;
      const path = `${wanted.pathname}${wanted.search}`;
      const isNewer = this.newerApp && wanted.pathname === '/sw.js';
      if (isNewer) {
        delete headers['accept-encoding'];
        delete headers['if-none-match'];
        delete headers['if-modified-since'];
      }
      const on = request({ host: '127.0.0.1', port: origin.port, method, path, headers }, (got) => {
        if (isNewer) delete got.headers['content-length'];
        answer.writeHead(got.statusCode ?? 502, got.headers);
        if (!isNewer) return void got.pipe(answer);
        got.pipe(answer, { end: false });
        got.on('end', () => answer.end('\n// A newer one.\n'));
      });
      on.on('error', () => answer.destroy());
      answer.on('close', () => on.destroy());
      asked.pipe(on);
    });
    // How a browser begins to talk to a host by https.
    this.#server.on('connect', ({ url }, socket) => {
      this.foreign.push(String(url));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
  }

  static async open(origin: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(new URL(origin));
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** For `newContext`: what is on this machine goes through it too. */
  get settings(): { server: string; bypass: string } {
    const { port } = this.#server.address() as AddressInfo;
    return { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
