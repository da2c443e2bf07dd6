import { listHeld } from '../chapter/list-held.ts';
import { listPhones } from '../chapter/list-phones.ts';
import { COORDINATION, STAFF } from '../plugins/access.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';

/** The phones that walk for the chapter, and what they sent that could not be applied. */
export function phoneRoutes(app: App, ports: Ports): void {
  app.get('/v1/phones', { config: { access: COORDINATION } }, (request) =>
    listPhones(staffOf(request).db, ports.clock()),
  );

  app.get('/v1/held', { config: { access: STAFF } }, (request) => listHeld(staffOf(request).db));
}
