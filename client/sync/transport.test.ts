import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Reply } from '#shared/sync/classify-failure.ts';
import { fetchTransport } from './transport.ts';

async function ask(listener: RequestListener, timeoutMs = 5_000): Promise<Reply> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const path = `http://127.0.0.1:${port}/v1/push`;
  const reply = await fetchTransport.send({
    method: 'POST',
    path,
    token: 't',
    body: '{}',
    timeoutMs,
  });
  server.closeAllConnections();
  server.close();
  return reply;
}

test('it tells status, kind and text, and carries the token', async () => {
  const reply = await ask((request, response) => {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' });
    response.end(JSON.stringify(request.headers.authorization));
  });
  expect(reply).toEqual({
    kind: 'answer',
    status: 429,
    json: true,
    text: '"Bearer t"',
    retryAfterMs: 7_000,
  });
});

test('a redirect of a captive portal is not followed', async () => {
  const reply = await ask((_, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/login' });
    response.end();
  });
  expect(reply).toEqual({ kind: 'unreachable' });
});

test('an answer whose body never ends is a timeout, not an answer', async () => {
  const reply = await ask((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"proto":1,');
  }, 100);
  expect(reply).toEqual({ kind: 'timeout' });
});

test('a connection that breaks is no answer', async () => {
  const reply = await ask((request) => request.socket.destroy());
  expect(reply).toEqual({ kind: 'unreachable' });
});

async function askPacked(body: string, refuse: boolean) {
  const heard: { readonly packed: boolean; readonly text: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const packed = request.headers['content-encoding'] === 'gzip';
      const bytes = Buffer.concat(chunks);
      heard.push({ packed, text: (packed ? gunzipSync(bytes) : bytes).toString() });
      response.writeHead(packed && refuse ? 415 : 200, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const path = `http://127.0.0.1:${port}/v1/push`;
  const request = { method: 'POST', path, token: 't', body, timeoutMs: 5_000, gzip: true } as const;
  const reply = await fetchTransport.send(request);
  server.closeAllConnections();
  server.close();
  return { heard, status: reply.kind === 'answer' ? reply.status : reply.kind };
}

test('a large body travels packed, a small one as it is', async () => {
  const large = 'Añil '.repeat(2_000);
  expect(await askPacked(large, false)).toEqual({
    heard: [{ packed: true, text: large }],
    status: 200,
  });
  expect((await askPacked('{}', false)).heard).toEqual([{ packed: false, text: '{}' }]);
});

test('where packed bodies are not let through, the same body goes unpacked', async () => {
  const large = 'x'.repeat(10_000);
  const { heard, status } = await askPacked(large, true);
  expect(heard.map(({ packed }) => packed)).toEqual([true, false]);
  expect([heard[1]?.text, status]).toEqual([large, 200]);
});
