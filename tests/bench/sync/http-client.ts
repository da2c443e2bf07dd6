import { Agent, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';

/** Smaller bodies are not worth packing: the phone sends them as they are. */
const PACK_FROM = 4096;

/** Connections that stay open, with the bytes that went over them counted. */
export class HttpClient {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #sockets = new Set<Socket>();

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Bytes on the wire so far, headers included. */
  get traffic(): { up: number; down: number } {
    let [up, down] = [0, 0];
    for (const socket of this.#sockets) {
      up += socket.bytesWritten;
      down += socket.bytesRead;
    }
    return { up, down };
  }

  post(path: string, token: string, body: string, gzip: boolean): Promise<string> {
    const packed = gzip && body.length > PACK_FROM;
    const bytes = packed ? gzipSync(body) : Buffer.from(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': bytes.length,
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
    };
    return this.#send('POST', path, token, headers, bytes);
  }

  get(path: string, token: string): Promise<string> {
    return this.#send('GET', path, token, {}, null);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    token: string,
    more: Readonly<Record<string, string | number>>,
    body: Buffer | null,
  ): Promise<string> {
    const headers = {
      authorization: `Bearer ${token}`,
      'accept-encoding': 'gzip, deflate, br',
      ...more,
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const url = new URL(path, this.#url);
      const asked = request(url, { method, agent: this.#agent, headers }, resolve);
      asked.on('socket', (socket) => this.#sockets.add(socket));
      asked.on('error', reject);
      asked.end(body ?? undefined);
    });
    const text = await readText(answer);
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${text}`);
    return text;
  }
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const encoding = answer.headers['content-encoding'];
  if (encoding === 'br') return brotliDecompressSync(body).toString();
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString();
}
