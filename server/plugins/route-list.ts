import { ACCESS_TABLE, type AccessRow } from './access-table.ts';
import type { Access } from './access.ts';
import type { App } from './app-type.ts';

/** A route as declared, with its row of the table: what a test needs to try every one of them. */
export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
  readonly fields: NonNullable<AccessRow['fields']>;
  /** JSON schemas of what comes in, by its part of the request. */
  readonly schema: Readonly<Partial<Record<'body' | 'querystring' | 'params', unknown>>>;
  /** Most bytes of its body; null for the server's own limit. */
  readonly bodyLimit: number | null;
}

/** Answers to HEAD are those to GET without their body. */
const rowOf = (method: string, url: string): AccessRow | undefined =>
  ACCESS_TABLE[`${method === 'HEAD' ? 'GET' : method} ${url}`];

/**
 * Collects every route that is registered from now on, and gives it its row of the table. A route
 * without a row throws, and so stops the server before it listens.
 */
export function collectRoutes(app: App): readonly RouteEntry[] {
  const routes: RouteEntry[] = [];
  app.addHook('onRoute', (route) => {
    const { method, url } = route;
    for (const one of Array.isArray(method) ? method : [method]) {
      const row = rowOf(one, url);
      if (row === undefined) {
        throw new Error(`The route ${one} ${url} has no row in access-table.ts: who may call it?`);
      }
      route.config = { ...route.config, access: row.who, fields: row.fields ?? {} };
      routes.push({
        method: one,
        url,
        access: row.who,
        fields: row.fields ?? {},
        schema: route.schema ?? {},
        bodyLimit: route.bodyLimit ?? null,
      });
    }
  });
  return routes;
}

/** Throws when the table has a row that no route answers to: a right that nobody looks after. */
export function checkTable(routes: readonly RouteEntry[], withClient: boolean): void {
  const there = new Set(routes.map(({ method, url }) => `${method} ${url}`));
  const idle = Object.entries(ACCESS_TABLE)
    .filter(([key, row]) => !there.has(key) && (withClient || row.withClient !== true))
    .map(([key]) => key);
  if (idle.length > 0)
    throw new Error(`access-table.ts has rows without routes: ${idle.join(', ')}.`);
}
