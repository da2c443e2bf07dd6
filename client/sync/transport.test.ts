import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
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
