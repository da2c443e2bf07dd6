import { Type } from 'typebox';
import { strict, words } from '#shared/model/schema.ts';
import { listHeld } from '../chapter/list-held.ts';
import { listPhones } from '../chapter/list-phones.ts';
import { COORDINATION, STAFF } from '../plugins/access.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';

const HeldPage = Type.Object(
  {
    state: Type.Optional(words(['waiting', 'decided'])),
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  },
  strict,
);

/** The phones that walk for the chapter, and what they sent that could not be applied. */
export function phoneRoutes(app: App, ports: Ports): void {
  app.get('/v1/phones', { config: { access: COORDINATION } }, (request) =>
    listPhones(staffOf(request).db, ports.clock()),
  );

  app.get(
    '/v1/held',
    { config: { access: STAFF }, schema: { querystring: HeldPage } },
    (request) => {
      const { state, after } = request.query;
      const wish = {
        state: state ?? ('waiting' as const),
        after: after === undefined ? null : Number(after),
      };
      return listHeld(staffOf(request).db, wish);
    },
  );
}
