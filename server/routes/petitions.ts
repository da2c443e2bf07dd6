import { Type } from 'typebox';
import type { PetitionId } from '#shared/kernel/ids.ts';
import { SaveAskedWords } from '#shared/model/asked-words.ts';
import { PAPER_LANGUAGES } from '#shared/model/paper.ts';
import { SavePetition } from '#shared/model/petition.ts';
import { id, strict, words } from '#shared/model/schema.ts';
import { listAskedWords, setAskedWords } from '../chapter/asked-words.ts';
import { listSignatures } from '../chapter/list-signatures.ts';
import {
  closePetition,
  deletePetition,
  listPetitions,
  makePetition,
  openPetition,
  readPetition,
  savePetition,
} from '../chapter/petitions.ts';
import { exportBook, takerOf } from '../export/ledger.ts';
import { petitionCsv } from '../export/petition-csv.ts';
import { printPetition } from '../paper/print-petition.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { needIfMatch } from '../plugins/if-match.ts';
import { valueOf } from '../plugins/problems.ts';
import { sendBytes } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';
import { hashesOf } from '../sync/other-words.ts';
import { sendCsv } from './exports.ts';

const params = Type.Object({ id: id<PetitionId>() }, strict);
const Page = Type.Object(
  { after: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$', maxLength: 9 })) },
  strict,
);
const Print = Type.Object(
  {
    size: Type.Optional(words(['letter', 'a4'])),
    language: Type.Optional(words(PAPER_LANGUAGES)),
  },
  strict,
);

/** What people sign on the glass, who has, and what they are asked to allow. */
export function petitionRoutes(app: App, ports: Ports): void {
  app.get('/v1/petitions', (request) => listPetitions(staffOf(request).db));

  app.post('/v1/petitions', { schema: { body: SavePetition } }, async (request) =>
    valueOf(await makePetition(staffOf(request), request.body, ports)),
  );

  app.put('/v1/petitions/:id', { schema: { params, body: SavePetition } }, async (request) => {
    const seen = needIfMatch(request);
    return valueOf(await savePetition(staffOf(request), request.params.id, request.body, seen));
  });

  app.delete('/v1/petitions/:id', { schema: { params } }, async (request, reply) => {
    valueOf(await deletePetition(staffOf(request), request.params.id, needIfMatch(request)));
    return reply.status(204).send();
  });

  app.post('/v1/petitions/:id/open', { schema: { params } }, async (request) => {
    const seen = needIfMatch(request);
    return valueOf(await openPetition(staffOf(request), request.params.id, seen, ports));
  });

  app.post('/v1/petitions/:id/close', { schema: { params } }, async (request) => {
    const seen = needIfMatch(request);
    return valueOf(await closePetition(staffOf(request), request.params.id, seen, ports));
  });

  app.get(
    '/v1/petitions/:id/signatures',
    { schema: { params, querystring: Page } },
    async (request) => {
      const { db } = staffOf(request);
      const petition = valueOf(await readPetition(db, request.params.id));
      const after = Number(request.query.after ?? 0);
      return listSignatures(db, request.params.id, hashesOf(petition), after);
    },
  );

  // A stream that is packed on the way would have another length and hash than the ledger says.
  const file = { compress: false as const, schema: { params } };
  app.get('/v1/petitions/:id/signatures.csv', file, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const petition = valueOf(await readPetition(actor.db, request.params.id));
    return sendCsv(reply, actor, petitionCsv(actor.db, petition), 'signatures.csv', ports);
  });

  const print = { compress: false as const, schema: { params, querystring: Print } };
  app.get('/v1/petitions/:id/signatures.pdf', print, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const petition = valueOf(await readPetition(actor.db, request.params.id));
    const { size = 'letter', language = 'en' } = request.query;
    const wish = { petition, size, language, now: ports.clock() };
    const { name, parts } = await printPetition(actor.db, wish);
    const book = exportBook(takerOf(actor), 'signatures', ports);
    return sendBytes(reply, book, parts, { file: name, type: 'application/pdf' });
  });

  app.get('/v1/asked-words', (request) => listAskedWords(staffOf(request).db));

  app.put('/v1/asked-words', { schema: { body: SaveAskedWords } }, (request) => {
    const { db, member } = staffOf(request);
    return setAskedWords(db, request.body, member.id, ports);
  });
}
