import type { FastifyRequest } from 'fastify';
import type { Caller } from './access.ts';
import type { App } from './app-type.ts';
import { fieldPicker } from './pick-fields.ts';

/** In what way the request is made; null where nobody is known. */
function callerOf({ actor }: FastifyRequest): Caller | null {
  if (actor === null) return null;
  if (actor.kind === 'staff') return actor.member.role;
  return actor.may === 'read' ? 'canvasser' : 'push';
}

/** Lets leave, of the routes whose row names fields, those fields alone. */
export function installFields(app: App): void {
  app.addHook('onRoute', (route) => {
    const fields = Object.entries(route.config?.fields ?? {});
    if (fields.length === 0) return;
    const pickers = new Map(fields.map(([caller, paths]) => [caller, fieldPicker(paths)]));
    route.preSerialization = (request, reply, answer, done) => {
      const caller = callerOf(request);
      const pick = caller === null ? undefined : pickers.get(caller);
      // A problem is made of the catalogue's words and has its own form.
      done(null, pick === undefined || reply.statusCode >= 400 ? answer : pick(answer));
    };
  });
}
