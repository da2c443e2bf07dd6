import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Dice } from '#shared/kernel/random.ts';

/** What the network between a phone and the server does to one request. */
export const NETWORK_FAULTS = [
  'stalled',
  'half-open',
  'reset',
  'request-cut',
  'answer-cut',
  'answer-lost',
  'far-away',
  'narrow',
  'lossy',
  'captive-portal',
  'captive-portal-says-json',
  'doubled',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];
/** Of the connection itself: nobody listens. */
export type LineFault = 'refused';

const PORTAL = '<!doctype html><title>Welcome to the hotel</title><form>Room number</form>';
/** Bytes a millisecond of 50 kbit/s. */
const NARROW = 50_000 / 8 / 1000;
/** How long a lost packet waits before it is sent again, in ms. */
const RETRANSMIT = 200;
const PACKET = 1400;

interface Whole {
  readonly status: number;
  readonly headers: string[];
  readonly body: Buffer;
}

/**
 * A proxy on loopback that stands for a bad network. `speed` divides every wait, as the phone's own
 * clock is sped up by as much.
 */
export class BadProxy {
  readonly fired = new Map<NetworkFault | LineFault, number>();
  readonly #target: number;
  readonly #speed: number;
  readonly #dice: Dice;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;
  #faults: readonly NetworkFault[] = [];
  #odds = 0;
  /** What the next requests meet, one after the other. */
  #next: NetworkFault[] = [];

  constructor(target: number, speed: number, dice: Dice) {
    this.#target = target;
    this.#speed = speed;
    this.#dice = dice;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    const server = createServer((asked, answer) => void this.#handle(asked, answer));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    this.#port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    this.#server = server;
  }

  /** From now on each request meets the next of these; after them any of them with these odds. */
  misbehave(faults: readonly NetworkFault[], odds: number): void {
    this.#faults = faults;
    this.#next = [...faults];
    this.#odds = odds;
  }

  /** Nothing goes wrong any more. */
  heal(): void {
    this.misbehave([], 0);
  }

  /** How many faults are still to come for certain. */
  get due(): number {
    return this.#next.length;
  }

  #choose(method: string | undefined): NetworkFault | null {
    // Only a push can be doubled.
    const fits = (fault: NetworkFault): boolean => fault !== 'doubled' || method === 'POST';
    const at = this.#next.findIndex(fits);
    if (at !== -1) return this.#next.splice(at, 1)[0] ?? null;
    const left = this.#faults.filter(fits);
    return left.length > 0 && this.#dice.chance(this.#odds) ? this.#dice.pick(left) : null;
  }

  /** Nobody listens for a while, as on a phone without a network. */
  async refuse(ms: number): Promise<void> {
    this.#fire('refused');
    await this.close();
    await this.#wait(ms);
    await this.open();
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #fire(fault: NetworkFault | LineFault): void {
    this.fired.set(fault, (this.fired.get(fault) ?? 0) + 1);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms / this.#speed));
  }

  async #handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    try {
      for await (const part of asked) parts.push(part as Buffer);
      await this.#treat(asked, Buffer.concat(parts), answer);
    } catch {
      // The phone or the server has hung up: so does the proxy.
      asked.socket.destroy();
    }
  }

  async #treat(asked: IncomingMessage, body: Buffer, answer: ServerResponse): Promise<void> {
    const fault = this.#choose(asked.method);
    if (fault === null) return reply(answer, await this.#forward(asked, body));
    this.#fire(fault);
    switch (fault) {
      case 'stalled':
        // Everything arrives, but long after the phone has given up.
        await this.#wait(40_000);
        return reply(answer, await this.#forward(asked, body));
      case 'half-open':
        // Nothing is ever heard of it; the phone's own timeout ends it.
        return undefined;
      case 'reset':
        asked.socket.resetAndDestroy();
        return undefined;
      case 'request-cut':
        await this.#sendPart(asked, body);
        asked.socket.destroy();
        return undefined;
      case 'answer-cut': {
        const whole = await this.#forward(asked, body);
        answer.writeHead(whole.status, whole.headers);
        answer.write(
          whole.body.subarray(0, this.#dice.whole(0, Math.max(0, whole.body.length - 1))),
        );
        await this.#wait(200);
        asked.socket.destroy();
        return undefined;
      }
      case 'answer-lost':
        await this.#forward(asked, body);
        asked.socket.destroy();
        return undefined;
      case 'far-away': {
        await this.#wait(this.#dice.whole(50, 2_500));
        const whole = await this.#forward(asked, body);
        await this.#wait(this.#dice.whole(50, 2_500));
        return reply(answer, whole);
      }
      case 'narrow':
        await this.#wait(body.length / NARROW);
        return this.#trickle(answer, await this.#forward(asked, body), (bytes) => bytes / NARROW);
      case 'lossy': {
        const loss = this.#dice.next() * 0.3;
        await this.#wait(this.#losses(body.length, loss));
        const whole = await this.#forward(asked, body);
        return this.#trickle(answer, whole, (bytes) => this.#losses(bytes, loss));
      }
      case 'captive-portal':
        answer.writeHead(this.#dice.pick([200, 200, 200, 302, 403, 511]), {
          'content-type': 'text/html',
        });
        answer.end(PORTAL);
        return undefined;
      case 'captive-portal-says-json':
        answer.writeHead(200, { 'content-type': 'application/json' });
        answer.end(this.#dice.pick([PORTAL, '{}', '{"ok":true}', '[]', 'null']));
        return undefined;
      case 'doubled': {
        // The copy comes at any time, also long after the first was answered.
        const late = this.#dice.chance(0.5) ? 0 : this.#dice.whole(10, 3_000);
        const copy = this.#wait(late).then(() => this.#forward(asked, body));
        copy.catch(() => {});
        return reply(answer, await this.#forward(asked, body));
      }
    }
  }

  /** Time that lost packets cost, each sent again until it arrives. */
  #losses(bytes: number, loss: number): number {
    let ms = 0;
    for (let left = bytes; left > 0; left -= PACKET) {
      for (let tries = 0; tries < 5 && this.#dice.chance(loss); tries++)
        ms += RETRANSMIT * 2 ** tries;
    }
    return ms;
  }

  async #trickle(
    answer: ServerResponse,
    { status, headers, body }: Whole,
    cost: (bytes: number) => number,
  ): Promise<void> {
    answer.writeHead(status, headers);
    for (let at = 0; at < body.length; at += 8 * PACKET) {
      const part = body.subarray(at, at + 8 * PACKET);
      await this.#wait(cost(part.length));
      answer.write(part);
    }
    answer.end();
  }

  #forward(asked: IncomingMessage, body: Buffer): Promise<Whole> {
    return new Promise((resolve, reject) => {
      const onward = request(
        {
          host: '127.0.0.1',
          port: this.#target,
          method: asked.method,
          path: asked.url,
          headers: { ...asked.headers, connection: 'close' },
        },
        (got) => {
          const parts: Buffer[] = [];
          got.on('data', (part: Buffer) => parts.push(part));
          got.on('error', reject);
          got.on('end', () => {
            const headers = got.rawHeaders.flatMap((name, i) =>
              i % 2 === 0 && !/^(connection|keep-alive|transfer-encoding)$/i.test(name)
                ? [name, got.rawHeaders[i + 1] ?? '']
                : [],
            );
            resolve({ status: got.statusCode ?? 502, headers, body: Buffer.concat(parts) });
          });
        },
      );
      onward.on('error', reject);
      onward.end(body);
    });
  }

  /** The server sees the beginning of a request, and then the connection is gone. */
  async #sendPart(asked: IncomingMessage, body: Buffer): Promise<void> {
    const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
    for (let i = 0; i < asked.rawHeaders.length; i += 2) {
      lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`);
    }
    const raw = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
    const socket = connect(this.#target, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(raw.subarray(0, this.#dice.whole(1, raw.length - 1)));
    await this.#wait(200);
    socket.destroy();
  }
}

function reply(answer: ServerResponse, { status, headers, body }: Whole): void {
  answer.writeHead(status, headers);
  answer.end(body);
}
