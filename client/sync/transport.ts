import type { Reply } from '#shared/sync/classify-failure.ts';
import { arriving } from './arriving.ts';
import type { Request, Transport } from './ports.ts';

/** How long a body is once it is unpacked: the server says it of what a person waits for. */
const LENGTH = 'x-unpacked-bytes';

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

/** The body; of one whose length was told, each piece is noted as it comes. */
async function readText(response: Response): Promise<string> {
  const total = Number(response.headers.get(LENGTH) ?? '');
  if (!(total > 0) || response.body === null) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    received += value.length;
    text += decoder.decode(value, { stream: true });
    arriving.note({ received: Math.min(received, total), total });
  }
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
    text: await readText(response),
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
