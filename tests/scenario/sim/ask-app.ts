import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { App } from '../../../server/plugins/app-type.ts';

/** One request as it comes off the wire. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is sent, or an object to be sent as JSON. */
  readonly payload?: string | object;
  readonly remoteAddress?: string;
}
type HeaderValue = string | number | readonly string[];

export interface Answered {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, HeaderValue>>;
  readonly body: string;
}

/** The connection of each address: a server notes each that it has seen. */
const sockets = new Map<string, EventEmitter>();

function socketOf(remoteAddress: string): EventEmitter {
  const known = sockets.get(remoteAddress);
  if (known !== undefined) return known;
  const made = Object.assign(new EventEmitter(), { remoteAddress, destroyed: false });
  sockets.set(remoteAddress, made);
  return made;
}

class Request extends Readable {
  readonly httpVersion = '1.1';
  readonly aborted = false;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly socket: EventEmitter;
  #body: string | null;

  constructor({ method, url, headers = {}, payload, remoteAddress = '127.0.0.1' }: Asked) {
    super({ autoDestroy: false });
    this.method = method;
    this.url = url;
    this.socket = socketOf(remoteAddress);
    const isText = payload === undefined || typeof payload === 'string';
    this.#body = isText ? (payload ?? null) : JSON.stringify(payload);
    this.headers = {
      host: 'localhost:80',
      ...(isText ? {} : { 'content-type': 'application/json' }),
      ...(this.#body === null ? {} : { 'content-length': `${Buffer.byteLength(this.#body)}` }),
      ...headers,
    };
  }

  override _read(): void {
    if (this.#body !== null) this.push(this.#body);
    this.#body = null;
    this.push(null);
  }
}

/** Takes down what the server answers, whole and not as a stream. */
class Response extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  readonly destroyed = false;
  body = '';
  headers: Record<string, HeaderValue> = {};

  setHeader(name: string, value: HeaderValue): void {
    this.headers[name.toLowerCase()] = value;
  }
  getHeader(name: string): HeaderValue | undefined {
    return this.headers[name.toLowerCase()];
  }
  getHeaders(): Readonly<Record<string, HeaderValue>> {
    return this.headers;
  }
  hasHeader(name: string): boolean {
    return name.toLowerCase() in this.headers;
  }
  removeHeader(name: string): void {
    delete this.headers[name.toLowerCase()];
  }
  writeHead(status: number, headers: Readonly<Record<string, HeaderValue>> = {}): void {
    this.statusCode = status;
    this.headersSent = true;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
  }
  end(body: string | Uint8Array | null): void {
    if (body !== null) this.body = typeof body === 'string' ? body : Buffer.from(body).toString();
    this.headersSent = true;
    this.writableEnded = true;
    process.nextTick(() => this.emit('finish'));
  }
}

/**
 * Gives a request to the whole server without a socket, as `app.inject` does for a tenth of what a
 * simulated afternoon takes: what node:http would read and write is neither written nor read here.
 */
export function askApp(app: App, asked: Asked): Promise<Answered> {
  return new Promise((resolve) => {
    const request = new Request(asked);
    const response = new Response();
    response.once('finish', () => resolve(response));
    app.routing(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse<IncomingMessage>,
    );
  });
}
