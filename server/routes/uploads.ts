import { Readable } from 'node:stream';
import Type from 'typebox';
import type { Id } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { RollInspection } from '#shared/model/roll.ts';
import { id, strict } from '#shared/model/schema.ts';
import { BeginUpload, type OpenUpload } from '#shared/model/upload.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { inspectUpload } from '../roll/inspect-upload.ts';
import {
  beginUpload,
  cancelUpload,
  continueUpload,
  endUpload,
  readOffset,
} from '../roll/open-upload.ts';
import { UPLOAD_LIMIT } from '../roll/upload-limit.ts';
import { dropUpload, receiveUpload, type Upload } from '../roll/upload.ts';

const params = Type.Object({ id: id<Id<'upload'>>() }, strict);
const named = Type.Object({ name: Type.String({ minLength: 1, maxLength: 400 }) }, strict);
const from = Type.Object(
  { offset: Type.String({ maxLength: 15, pattern: '^[0-9]{1,15}$' }) },
  strict,
);
/** Bytes of the largest part that is taken at once. */
const PART_LIMIT = 32 * 1024 * 1024;

interface Uploaded {
  readonly uploadId: string;
  readonly bytes: number;
  readonly inspection: RollInspection;
}

function bodyOf({ body }: { readonly body: unknown }): Readable {
  if (body instanceof Readable) return body;
  throw new ProblemError(problem('not-valid', { reason: 'a roll is sent as its bytes alone' }));
}

async function look(upload: Upload): Promise<Uploaded> {
  const inspection = await inspectUpload(upload);
  if (!inspection.ok) await dropUpload(upload.path);
  return { uploadId: upload.id, bytes: upload.bytes, inspection: valueOf(inspection) };
}

/**
 * The way in for a voter file: in one piece, or begun, sent part by part from the byte that is missing
 * next, and ended, so that a line that breaks costs one part.
 */
export function uploadRoutes(app: App, ports: Ports): void {
  // The file is streamed to the disk by the route: it may be larger than the memory.
  app.addContentTypeParser('application/octet-stream', (_, body, done) => done(null, body));

  app.put(
    '/v1/roll/uploads',
    { config: { ownBody: true }, bodyLimit: UPLOAD_LIMIT, schema: { querystring: named } },
    async (request, reply) => {
      const { db } = staffOf(request);
      const length = request.headers['content-length'];
      const announced = length === undefined ? null : Number(length);
      const body = bodyOf(request);
      const received = await receiveUpload(db, request.query.name, body, { ...ports, announced });
      // What has not been read of the body must not be taken for the next request.
      if (!received.ok) void reply.header('connection', 'close');
      return look(valueOf(received));
    },
  );

  app.post('/v1/roll/uploads', { schema: { body: BeginUpload } }, async (request) => {
    const { db, member } = staffOf(request);
    return valueOf(await beginUpload(db, member.id, request.body, ports));
  });

  app.get('/v1/roll/uploads/:id', { schema: { params } }, async (request) => {
    const { db, member } = staffOf(request);
    return valueOf(await readOffset(db, member.id, request.params.id));
  });

  app.patch(
    '/v1/roll/uploads/:id',
    { config: { ownBody: true }, bodyLimit: PART_LIMIT, schema: { params, querystring: from } },
    async (request, reply) => {
      const { db, member } = staffOf(request);
      const at = Number(request.query.offset);
      const body = bodyOf(request);
      const taken = await continueUpload(db, member.id, request.params.id, at, body);
      if (!taken.ok) void reply.header('connection', 'close');
      return valueOf<OpenUpload>(taken);
    },
  );

  app.delete('/v1/roll/uploads/:id', { schema: { params } }, async (request, reply) => {
    const { db, member } = staffOf(request);
    valueOf(await cancelUpload(db, member.id, request.params.id));
    return reply.status(204).send();
  });

  app.post('/v1/roll/uploads/:id/end', { schema: { params } }, async (request) => {
    const { db, member } = staffOf(request);
    return look(valueOf(await endUpload(db, member.id, request.params.id, ports.clock())));
  });
}
