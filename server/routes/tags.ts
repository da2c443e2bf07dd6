import Type from 'typebox';
import type { TagId } from '#shared/kernel/ids.ts';
import { id, strict } from '#shared/model/schema.ts';
import { ChangeTag, MakeTag } from '#shared/model/tag.ts';
import { tagCarriers } from '../chapter/tag-carriers.ts';
import { changeTag, listTags, makeTag } from '../chapter/tags.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';

const params = Type.Object({ id: id<TagId>() }, strict);
const Page = Type.Object(
  { after: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$', maxLength: 9 })) },
  strict,
);

/** Lasting marks on people: what canvassers choose from, and who carries them. */
export function tagRoutes(app: App, ports: Ports): void {
  app.get('/v1/tags', (request) => listTags(staffOf(request).db));

  app.post('/v1/tags', { schema: { body: MakeTag } }, async (request) =>
    valueOf(await makeTag(staffOf(request), request.body.name, ports)),
  );

  app.patch('/v1/tags/:id', { schema: { params, body: ChangeTag } }, async (request) => {
    const seen = needIfMatch(request);
    const { params: of, body } = request;
    return valueOf(await changeTag(staffOf(request), of.id, body, seen, ports));
  });

  app.get('/v1/tags/:id/people', { schema: { params, querystring: Page } }, async (request) => {
    const { db } = staffOf(request);
    return valueOf(await tagCarriers(db, request.params.id, Number(request.query.after ?? 0)));
  });
}
