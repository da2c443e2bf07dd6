import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bodies may come as gzip. Every other route refuses a packed body. */
    packed?: true;
  }
  interface FastifyRequest {
    /** Of a body that came packed; null for every other. */
    unpackedBytes: number | null;
  }
}

interface Unpacked {
  readonly plain: Buffer;
  /** Bytes on the wire. */
  readonly packedBytes: number;
}

type Fault = 'too-large' | 'broken';

/**
 * Unpacks as it comes and stops at `most` bytes of either side, so that a bomb costs no more than
 * an honest body. The source is never destroyed: it is the connection, which lives on.
 */
function unpack(source: Readable, most: number): Promise<Unpacked | Fault> {
  return new Promise((resolve) => {
    const gunzip = createGunzip();
    const chunks: Buffer[] = [];
    let [packedBytes, bytes] = [0, 0];
    const end = (done: Unpacked | Fault): void => {
      source.unpipe(gunzip);
      gunzip.removeAllListeners();
      // What zlib still says about a stream that we have let go of is nobody's concern.
      gunzip.on('error', () => {});
      gunzip.destroy();
      source.off('data', count).off('error', cut).off('close', gone);
      source.resume();
      resolve(done);
    };
    const cut = (): void => end('broken');
    const gone = (): void => {
      if (!source.readableEnded) end('broken');
    };
    const count = (chunk: Buffer): void => {
      packedBytes += chunk.length;
      if (packedBytes > most) end('too-large');
    };
    gunzip.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) end('too-large');
      else chunks.push(chunk);
    });
    gunzip.on('error', cut);
    gunzip.on('end', () => {
      // zlib ends with the first member; only at the end of the source is the count whole.
      if (source.readableEnded) end({ plain: Buffer.concat(chunks, bytes), packedBytes });
      else source.once('end', () => end({ plain: Buffer.concat(chunks, bytes), packedBytes }));
    });
    source.on('data', count).on('error', cut).on('close', gone);
    source.pipe(gunzip);
  });
}

const isPackedTwice = (plain: Buffer): boolean => plain[0] === 0x1f && plain[1] === 0x8b;

/**
 * Takes gzip on the routes that say so, with the route's limit counted on what comes out of it.
 * Whatever is wrong with the packing gets a sentence and status 415, after which a phone sends the
 * same unpacked: something between may have spoilt it. The connection goes on.
 */
export function installPackedBodies(app: App): void {
  app.decorateRequest('unpackedBytes', null);
  app.addHook('preParsing', async (request, reply, payload) => {
    const { method, headers, is404 } = request;
    const encoding = headers['content-encoding']?.trim().toLowerCase();
    const hasBody = method !== 'GET' && method !== 'HEAD';
    if (is404 || !hasBody || encoding === undefined || encoding === 'identity') return payload;
    const { config, bodyLimit } = request.routeOptions;
    const refuse = (code: 'encoding-refused' | 'packed-wrongly' | 'body-too-large'): never => {
      // What has no announced end may never have one.
      const announced = Number(headers['content-length'] ?? Infinity);
      if (announced > bodyLimit) void reply.header('connection', 'close');
      const limit = `${Math.round(bodyLimit / 1024)} KiB`;
      throw new ProblemError(problem(code, code === 'body-too-large' ? { limit } : {}));
    };
    if (config.packed !== true || encoding !== 'gzip') return refuse('encoding-refused');
    const unpacked = await unpack(payload, bodyLimit);
    if (unpacked === 'too-large') return refuse('body-too-large');
    if (unpacked === 'broken' || isPackedTwice(unpacked.plain)) return refuse('packed-wrongly');
    request.unpackedBytes = unpacked.plain.length;
    const stream = Readable.from([unpacked.plain], { objectMode: false });
    return Object.assign(stream, { receivedEncodedLength: unpacked.packedBytes });
  });
}
