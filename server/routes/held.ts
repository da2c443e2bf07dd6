import { Type } from 'typebox';
import type { DoorId } from '#shared/kernel/ids.ts';
import { strict, words } from '#shared/model/schema.ts';
import { DiscardHeld, RetargetHeld } from '#shared/sync/phones.ts';
import { listHeld } from '../chapter/list-held.ts';
import { settleEntry } from '../chapter/settle-entry.ts';
import { settleReturned } from '../chapter/settle-returned.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import type { CommitNotices } from '../sync/notify.ts';

const key = Type.String({ maxLength: 15, pattern: '^[0-9]{1,15}$' });
const Page = Type.Object(
  { state: Type.Optional(words(['waiting', 'decided'])), after: Type.Optional(key) },
  strict,
);
const params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }, strict);

/** What is held under this name; an id of any other shape is one that is not there. */
const keyOf = (id: string): number => (/^[0-9]{1,15}$/.test(id) ? Number(id) : -1);

/** What arrived and could not be applied: looked through, and decided once each. */
export function heldRoutes(app: App, ports: Ports, notices: CommitNotices): void {
  const means = { notices, clock: ports.clock };

  app.get('/v1/held', { schema: { querystring: Page } }, async (request) => {
    const { state = 'waiting', after } = request.query;
    const { db } = staffOf(request);
    await settleReturned(db, ports.clock());
    return listHeld(db, {
      state,
      after: after === undefined ? null : Number(after),
    });
  });

  app.post('/v1/held/:id/accept', { schema: { params } }, async (request) => {
    const held = keyOf(request.params.id);
    return valueOf(await settleEntry(staffOf(request), held, { what: 'accept' }, means));
  });

  app.post('/v1/held/:id/retarget', { schema: { params, body: RetargetHeld } }, async (request) => {
    const wish = { what: 'retarget' as const, doorId: request.body.doorId as DoorId };
    return valueOf(await settleEntry(staffOf(request), keyOf(request.params.id), wish, means));
  });

  app.post('/v1/held/:id/discard', { schema: { params, body: DiscardHeld } }, async (request) => {
    const wish = { what: 'discard' as const, why: request.body.why };
    return valueOf(await settleEntry(staffOf(request), keyOf(request.params.id), wish, means));
  });
}
