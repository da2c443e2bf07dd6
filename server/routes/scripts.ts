import Type from 'typebox';
import type { ScriptId } from '#shared/kernel/ids.ts';
import { id, strict } from '#shared/model/schema.ts';
import { SaveScript } from '#shared/model/script.ts';
import { listScripts, makeScript, publishScript, saveDraft } from '../chapter/scripts.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch, readIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';

const params = Type.Object({ id: id<ScriptId>() }, strict);

/** The words that canvassers say: drafts to write on, versions that never change. */
export function scriptRoutes(app: App, ports: Ports): void {
  app.get('/v1/scripts', (request) => listScripts(staffOf(request).db));

  app.post('/v1/scripts', { schema: { body: SaveScript } }, (request) =>
    makeScript(staffOf(request).db, request.body, ports),
  );

  app.put('/v1/scripts/:id', { schema: { params, body: SaveScript } }, async (request) => {
    const seen = needIfMatch(request);
    return valueOf(await saveDraft(staffOf(request).db, request.params.id, request.body, seen));
  });

  app.post('/v1/scripts/:id/publish', { schema: { params } }, async (request) => {
    const { db, member } = staffOf(request);
    const seen = readIfMatch(request);
    return valueOf(await publishScript(db, request.params.id, seen, member.id, ports));
  });
}
