import { Type } from 'typebox';
import {
  DUPLICATE_VIEWS,
  type DuplicatesPage,
  KeepApart,
  MergeRule,
  MergeTwo,
  UnmergeOne,
} from '#shared/model/duplicates.ts';
import { strict, words } from '#shared/model/schema.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { decidedBy, keepApart, mergeByHand, unmergeByHand } from '../roll/decide-duplicates.ts';
import { DuplicateSearches } from '../roll/duplicate-searches.ts';
import { listDuplicates } from '../roll/list-duplicates.ts';
import { mergeByRule } from '../roll/merge-by-rule.ts';

const listed = Type.Object(
  {
    view: words(DUPLICATE_VIEWS),
    from: Type.Optional(Type.String({ maxLength: 7, pattern: '^\\d{1,7}$' })),
  },
  strict,
);

/** Records of the roll that may be one person’s: looked for, merged, taken apart. */
export function duplicateRoutes(app: App, ports: Ports): void {
  const searches = new DuplicateSearches(ports);
  app.addHook('onClose', () => searches.close());

  app.get(
    '/v1/roll/duplicates',
    { schema: { querystring: listed } },
    (request): Promise<DuplicatesPage> => {
      const { view, from = '0' } = request.query;
      return listDuplicates(staffOf(request).db, searches, { view, from: Number(from) });
    },
  );

  app.post('/v1/roll/duplicates/search', async (request) => {
    const { db, member } = staffOf(request);
    return valueOf(await searches.start(db, member.id));
  });

  app.delete('/v1/roll/duplicates/search', async (request): Promise<{ ok: true }> => {
    await searches.cancel(staffOf(request).db);
    return { ok: true };
  });

  app.post(
    '/v1/roll/duplicates/merge',
    { schema: { body: MergeTwo } },
    async (request): Promise<{ ok: true }> => {
      valueOf(await mergeByHand(decidedBy(staffOf(request)), request.body, ports.clock()));
      return { ok: true };
    },
  );

  app.post('/v1/roll/duplicates/unmerge', { schema: { body: UnmergeOne } }, async (request) =>
    valueOf(await unmergeByHand(decidedBy(staffOf(request)), request.body, ports.clock())),
  );

  app.post(
    '/v1/roll/duplicates/apart',
    { schema: { body: KeepApart } },
    async (request): Promise<{ ok: true }> => {
      valueOf(await keepApart(decidedBy(staffOf(request)), request.body, ports.clock()));
      return { ok: true };
    },
  );

  app.post('/v1/roll/duplicates/rule', { schema: { body: MergeRule } }, (request) =>
    mergeByRule(decidedBy(staffOf(request)), request.body, ports.clock),
  );
}
