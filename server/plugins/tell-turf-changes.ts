import { type CommitNotices, TURFS_CHANGED } from '../sync/notify.ts';
import type { App } from './app-type.ts';

/** What makes, closes, publishes, renews or hands out a turf, or takes one back. Who joins says so itself. */
const CHANGES: ReadonlySet<string> = new Set([
  'POST /v1/turfs',
  'PATCH /v1/turfs/:id',
  'DELETE /v1/turfs/:id',
  'POST /v1/turfs/:id/publish',
  'POST /v1/turfs/:id/take-back',
  'POST /v1/turfs/:id/extend',
  'POST /v1/turfs/:id/next-pass',
  'POST /v1/turfs/:id/close',
  'POST /v1/stalls',
  'POST /v1/call-lists',
  'PUT /v1/universes/:id/plan',
  'POST /v1/turf-sets/:id/use',
  'POST /v1/phones/:id/revoke',
  'POST /v1/purged',
  'POST /v1/petitions/:id/open',
  'POST /v1/petitions/:id/close',
]);

/** Tells every launch board of a chapter that it must be read again, whoever changed what. */
export function installTurfChanges(app: App, notices: CommitNotices): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    const { actor } = request;
    if (CHANGES.has(route) && reply.statusCode < 300 && actor !== null) {
      notices.tell({ chapterId: actor.db.id, doorKeys: [TURFS_CHANGED] });
    }
    done();
  });
}
