import { Agent, type IncomingMessage, request } from 'node:http';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Cut the connection once the request is written, before any answer. */
  readonly hangUp?: boolean;
  /** Ms without a byte after which the connection is given up; 10 seconds when left out. */
  readonly timeoutMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One request; null when no whole answer came, whatever the reason. */
export function callHttp(url: string, call: HttpCall): Promise<HttpAnswer | null> {
  const { method, path, body, headers, hangUp = false, timeoutMs = 10_000 } = call;
  return new Promise((resolve) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const asked = request(
      `${url}${path}`,
      { method, agent, headers: { ...json, ...headers }, timeout: timeoutMs },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () =>
          resolve(
            answer.complete
              ? { status: answer.statusCode ?? 0, text, headers: answer.headers }
              : null,
          ),
        );
        answer.on('error', () => resolve(null));
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(null));
    asked.on('close', () => resolve(null));
    // `end` calls back once the last byte is with the operating system.
    asked.end(body, () => {
      if (hangUp) setTimeout(() => asked.destroy(), 1);
    });
  });
}

/** One request whose answer must be a success; gives its JSON and whatever cookie it set. */
export async function callJson<T>(
  url: string,
  call: Omit<HttpCall, 'body'> & { readonly body?: unknown },
): Promise<{ readonly value: T; readonly cookie: string | null }> {
  const { body, ...rest } = call;
  const answer = await callHttp(url, {
    ...rest,
    timeoutMs: 30_000,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer === null) throw new Error(`${call.method} ${call.path}: no answer`);
  if (answer.status >= 300) {
    throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.text}`);
  }
  const value = (answer.text === '' ? null : JSON.parse(answer.text)) as T;
  return { value, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? null };
}
