import { Type } from 'typebox';
import { strict } from '#shared/model/schema.ts';
import type { App } from '../plugins/app-type.ts';
import { readerOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';
import { readShift } from '../sync/read-shift.ts';

const querystring = Type.Object(
  { since: Type.String({ maxLength: 15, pattern: '^[0-9]{1,15}$' }) },
  strict,
);

/** The slip at the end of a shift: what the server has of it. */
export function shiftRoutes(app: App, ports: Ports): void {
  app.get('/v1/shift', { schema: { querystring } }, (request) => {
    const { db, deviceKey } = readerOf(request);
    return readShift(db, deviceKey, Number(request.query.since), ports.clock());
  });
}
