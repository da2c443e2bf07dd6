import Type from 'typebox';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { Actor, StaffActor } from '../chapter/actor.ts';
import { readTagFacets } from '../chapter/tags.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { Role } from '#shared/model/role.ts';
import { id, strict } from '#shared/model/schema.ts';
import { ChangeUniverse, SaveUniverse, UniverseQuestion } from '#shared/model/universe.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { askUniverse } from '../turf/ask-universe.ts';
import { countNoVisit } from '../turf/count-no-visit.ts';
import { countUniverse } from '../turf/count-universe.ts';
import { readUniverseDoors } from '../turf/universe-doors.ts';
import { checkAskedLayers, readLayerFacets } from '../turf/layer-filters.ts';
import { readQuestionFacets } from '../turf/question-facets.ts';
import { changeUniverse, saveUniverse } from '../turf/save-universe.ts';
import { readFacets } from '../turf/universe-facets.ts';
import {
  deleteUniverse,
  findUniverse,
  listUniverses,
  readUniverse,
  type ReadyUniverse,
} from '../turf/universes.ts';

const params = Type.Object({ id: id<UniverseId>() }, strict);
/** A question on its own; `own` is the universe whose question it is, which it must not ask for. */
const asked = {
  schema: {
    body: UniverseQuestion,
    querystring: Type.Object({ own: Type.Optional(id<UniverseId>()) }, strict),
  },
};

/** Questions about the roll and the field: what they select, where it lives, and the saved ones. */
export function universeRoutes(app: App, ports: Ports): void {
  async function universeOf(db: Actor['db'], universeId: UniverseId): Promise<ReadyUniverse> {
    const universe = await findUniverse(db, universeId, ports.clock());
    if (universe === null) throw new ProblemError(problem('not-found'));
    return universe;
  }
  /** Who is shown the people of the member list as somebody else kept them is not shown those who joined since. */
  async function checkSaved(
    db: Actor['db'],
    universeId: UniverseId | undefined,
    role: Role,
    thaws = false,
  ): Promise<void> {
    const saved = universeId === undefined ? null : await readUniverse(db, universeId);
    if (saved === null || (saved.frozenAt !== null) !== thaws) return;
    valueOf(await checkAskedLayers(db, saved.question, role));
  }
  async function ready(
    { db, member }: StaffActor,
    question: UniverseQuestion,
    own: UniverseId | undefined,
  ) {
    valueOf(await checkAskedLayers(db, question, member.role));
    const wish = { own: own ?? null, now: ports.clock() };
    const steps = valueOf(await askUniverse(db, question, wish));
    // Of a question of the first form only the whole is counted.
    return 'steps' in question ? steps : { ...question, asked: steps.asked };
  }

  app.get('/v1/universes/facets', async (request) => {
    const { db, member } = staffOf(request);
    // Not kept with the rest: layers and scripts come and go without an import.
    return {
      ...(await readFacets(db)),
      layers: await readLayerFacets(db, member.role),
      questions: await readQuestionFacets(db),
      tags: await readTagFacets(db),
    };
  });

  app.post('/v1/universes/count', asked, async (request) => {
    const actor = staffOf(request);
    const question = await ready(actor, request.body, request.query.own);
    const count = await countUniverse(actor.db, question);
    const noVisit = await countNoVisit(actor.db, question);
    return { ...count, ...(noVisit && { noVisit }) };
  });

  app.post('/v1/universes/doors', asked, async (request) => {
    const actor = staffOf(request);
    const question = await ready(actor, request.body, request.query.own);
    return readUniverseDoors(actor.db, question, null);
  });

  app.get('/v1/universes', (request) => listUniverses(staffOf(request).db));

  app.post('/v1/universes', { schema: { body: SaveUniverse } }, async (request) => {
    const { db, member } = staffOf(request);
    const { question, copyOf } = request.body;
    valueOf(await checkAskedLayers(db, question, member.role));
    await checkSaved(db, copyOf, member.role);
    return saveUniverse(db, request.body, member.id, ports);
  });

  app.patch('/v1/universes/:id', { schema: { params, body: ChangeUniverse } }, async (request) => {
    const seen = needIfMatch(request);
    const { db, member } = staffOf(request);
    const { question, frozen } = request.body;
    if (question !== undefined) valueOf(await checkAskedLayers(db, question, member.role));
    else if (frozen === false) await checkSaved(db, request.params.id, member.role, true);
    return valueOf(await changeUniverse(db, request.params.id, request.body, seen, ports));
  });

  app.delete('/v1/universes/:id', { schema: { params } }, async (request, reply) => {
    const { db } = staffOf(request);
    valueOf(await deleteUniverse(db, request.params.id, ports.clock()));
    return reply.status(204).send();
  });

  app.get('/v1/universes/:id/doors', { schema: { params } }, async (request) => {
    const { db } = staffOf(request);
    const universe = await universeOf(db, request.params.id);
    return readUniverseDoors(db, universe.question, universe.id);
  });
}
