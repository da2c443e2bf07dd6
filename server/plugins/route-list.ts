import type { Access } from './access.ts';
import type { App } from './app-type.ts';

/** A route as declared: what a test needs to try every one of them. */
export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

/** Collects every route that is registered from now on. */
export function collectRoutes(app: App): readonly RouteEntry[] {
  const routes: RouteEntry[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (access === undefined) return;
    for (const one of Array.isArray(method) ? method : [method]) {
      routes.push({ method: one, url, access });
    }
  });
  return routes;
}
