import type { Reply } from '#shared/sync/classify-failure.ts';
import type { Request, Transport } from './ports.ts';

function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? '');
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** Below this, in letters, packing costs more than it saves. */
const WORTH_PACKING = 4096;

/** The body packed, or null when that is not worth it or this browser cannot. */
async function pack({ gzip, body }: Request): Promise<ArrayBuffer | null> {
  if (gzip !== true || body === undefined || body.length <= WORTH_PACKING) return null;
  if (!('CompressionStream' in globalThis)) return null;
  const packed = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).arrayBuffer();
}

async function ask(
  request: Request,
  packed: ArrayBuffer | null,
  signal: AbortSignal,
): Promise<Reply> {
  const { method, path, token, body } = request;
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(packed === null ? {} : { 'content-encoding': 'gzip' }),
    },
    ...(body === undefined ? {} : { body: packed ?? body }),
    signal,
    cache: 'no-store',
    credentials: 'omit',
    // A captive portal redirects; our server never does.
    redirect: 'error',
  });
  return {
    kind: 'answer',
    status: response.status,
    json: (response.headers.get('content-type') ?? '').includes('application/json'),
    text: await response.text(),
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  };
}

/** The phone's way to the server; the timeout covers the whole body. Never rejects. */
export const fetchTransport: Transport = {
  send: async (request) => {
    const abort = new AbortController();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort.abort();
    }, request.timeoutMs);
    try {
      const packed = await pack(request);
      const reply = await ask(request, packed, abort.signal);
      // What stands between may not let packed bodies through; the facts must.
      const unpacked = packed !== null && reply.kind === 'answer' && reply.status === 415;
      return unpacked ? await ask(request, null, abort.signal) : reply;
    } catch {
      return late ? { kind: 'timeout' } : { kind: 'unreachable' };
    } finally {
      clearTimeout(timer);
    }
  },
};
