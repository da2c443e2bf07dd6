import Type from 'typebox';
import type { ShiftId } from '#shared/kernel/ids.ts';
import { SaveShift } from '#shared/model/next-shift.ts';
import { id, strict } from '#shared/model/schema.ts';
import { cancelShift, changeShift, listShifts, makeShift } from '../chapter/shifts.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { listTurfReports } from '../turf/turf-reports.ts';

const params = Type.Object({ id: id<ShiftId>() }, strict);

/** Shifts that the chapter announces, and what walkers said of their turfs at the end of theirs. */
export function shiftPlanRoutes(app: App, ports: Ports): void {
  app.get('/v1/shifts', (request) => listShifts(staffOf(request).db, ports.clock()));

  app.post('/v1/shifts', { schema: { body: SaveShift } }, async (request) => {
    const { db, member } = staffOf(request);
    return valueOf(await makeShift(db, request.body, member.id, ports));
  });

  app.put('/v1/shifts/:id', { schema: { params, body: SaveShift } }, async (request, reply) => {
    valueOf(await changeShift(staffOf(request).db, request.params.id, request.body));
    return reply.status(204).send();
  });

  app.delete('/v1/shifts/:id', { schema: { params } }, async (request, reply) => {
    valueOf(await cancelShift(staffOf(request).db, request.params.id, ports.clock()));
    return reply.status(204).send();
  });

  app.get('/v1/turf-reports', (request) => listTurfReports(staffOf(request).db));
}
