import { Type } from 'typebox';
import { strict } from '#shared/model/schema.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';
import { lookUpDoors } from '../turf/look-up-doors.ts';

const querystring = Type.Object({ like: Type.String({ minLength: 2, maxLength: 100 }) }, strict);

/** Doors by their address. */
export function doorRoutes(app: App, ports: Ports): void {
  app.get('/v1/doors', { schema: { querystring } }, (request) =>
    lookUpDoors(staffOf(request), request.query.like, ports.clock()),
  );
}
