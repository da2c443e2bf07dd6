import type { SimApp } from './sim-app.ts';

/** One request of the desk; throws when the answer is not a success. */
export type Desk = <T>(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<T>;

/** The desk of somebody who is signed in, at the server's own routes. */
export function openDesk(sim: Pick<SimApp, 'ask'>, cookie: string): Desk {
  return async <T>(
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    payload?: object,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const reply = await sim.ask({
      method,
      url,
      headers: { ...headers, cookie },
      ...(payload === undefined ? {} : { payload }),
    });
    if (reply.statusCode >= 300) {
      throw new Error(`${method} ${url}: ${reply.statusCode} ${reply.body}`);
    }
    return (reply.body === '' ? null : JSON.parse(reply.body)) as T;
  };
}
