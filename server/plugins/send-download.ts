import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { takeFile } from '../export/take-file.ts';
import type { DepartureBook } from '../export/ledger.ts';
import { type Part, streamBytes } from '../export/stream-bytes.ts';
import { type Line, streamOut } from '../export/stream-out.ts';
import type { App } from './app-type.ts';

/** What a download is called, and what is in it. */
export interface DownloadName {
  readonly file: string;
  readonly type: 'text/csv; charset=utf-8' | 'application/jsonl; charset=utf-8';
}

const inTheBook = new WeakSet<FastifyReply>();

/** Sends rows as a download, which is in the book from before its first byte (law 9). */
export function sendDownload(
  reply: FastifyReply,
  book: DepartureBook,
  lines: Iterable<Line> | AsyncIterable<Line>,
  { file, type }: DownloadName,
): FastifyReply {
  inTheBook.add(reply);
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${file}"`)
    .send(Readable.from(streamOut(book, lines), { objectMode: false }));
}

/** Sends a file that is made while it leaves and is no text, under the same law. */
export function sendBytes(
  reply: FastifyReply,
  book: DepartureBook,
  parts: AsyncIterable<Part>,
  { file, type }: { readonly file: string; readonly type: 'application/pdf' },
): FastifyReply {
  inTheBook.add(reply);
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${file}"`)
    .send(Readable.from(streamBytes(book, parts), { objectMode: false }));
}

/** Sends a file that lies on the server, such as a sealed backup, under the same law. */
export function sendFile(
  reply: FastifyReply,
  book: DepartureBook,
  path: string,
  about: { readonly file: string; readonly bytes: number; readonly rows: number },
): FastifyReply {
  inTheBook.add(reply);
  return reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', `attachment; filename="${about.file}"`)
    .send(Readable.from(takeFile(book, path, about), { objectMode: false }));
}

/** True for an answer that is a file of rows, however it is named. */
export function isDownload(reply: Pick<FastifyReply, 'getHeader'>): boolean {
  const type = String(reply.getHeader('content-type') ?? '');
  const disposition = String(reply.getHeader('content-disposition') ?? '');
  return (
    /^(text\/csv|text\/tab-separated|application\/(jsonl|x-ndjson|ndjson|json-seq|octet-stream|pdf|zip|gzip|geo\+json|vnd\.))/i.test(
      type,
    ) || /attachment/i.test(disposition)
  );
}

/** No route answers with a file that is in no book: what was forgotten fails instead of leaving. */
export function installDownloads(app: App): void {
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/v1/') || !isDownload(reply) || inTheBook.has(reply)) return;
    reply.removeHeader('content-disposition');
    throw new Error(`${request.method} ${request.url} sends a file that is in no book.`);
  });
}
