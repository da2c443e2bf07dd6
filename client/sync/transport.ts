import type { Reply } from '#shared/sync/classify-failure.ts';
import type { Request, Transport } from './ports.ts';

function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? '');
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

async function ask(request: Request, signal: AbortSignal): Promise<Reply> {
  const { method, path, token, body } = request;
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
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
      return await ask(request, abort.signal);
    } catch {
      return late ? { kind: 'timeout' } : { kind: 'unreachable' };
    } finally {
      clearTimeout(timer);
    }
  },
};
