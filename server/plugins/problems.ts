import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import {
  problem,
  ProblemError,
  type Problem,
  sayProblem,
  statusOf,
} from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isDatabaseAway } from '../store/database-away.ts';
import { NotDurableError } from '../store/not-durable.ts';
import type { App } from './app-type.ts';
import type { Durability } from './durability.ts';
import type { RefusedLog } from './refused-log.ts';

/** The value, or the problem thrown for the edge to send. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem);
}

/** A problem as a body: what a program reads and what a person reads. */
export function toBody(found: Problem): { problem: Problem; text: string } {
  return { problem: found, text: sayProblem(found) };
}

/** SQLite's own words for a disk with no room left. */
function isDiskFull(error: FastifyError): boolean {
  const sqlite = error as { errcode?: number };
  return (
    error.code === 'ENOSPC' ||
    error.code === '53100' ||
    sqlite.errcode === 13 ||
    /database or disk is full/.test(error.message)
  );
}

function toProblem(error: FastifyError, bodyLimit: number): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return problem('body-too-large', { limit: `${Math.round(bodyLimit / 1024)} KiB` });
  }
  if (error.validation !== undefined) return problem('not-valid', { reason: error.message });
  if (error instanceof NotDurableError) return problem('not-durable', { setting: error.setting });
  if (isDiskFull(error)) return problem('disk-full');
  if (isDatabaseAway(error)) return problem('database-away');
  const status = error.statusCode ?? 500;
  // Fastify's own sentences about a body; never what a parser quotes from it.
  if (status >= 400 && status < 500) {
    const known = typeof error.code === 'string' && error.code.startsWith('FST_');
    return problem('not-valid', { reason: known ? error.message : 'the request cannot be read' });
  }
  return null;
}

/** After so long a phone may try again; what keeps a database busy for longer says so anew. */
const AWAY_SECONDS = 5;

/** Where it went wrong, without the message: that may quote a voter. */
function traceOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n');
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}

/** What goes wrong before any route is found, such as an address that cannot be read. */
export function sendFrameworkError(_: FastifyError, __: FastifyRequest, reply: FastifyReply): void {
  const said = problem('not-valid', { reason: 'the address cannot be read' });
  void reply.status(statusOf(said)).header('cache-control', 'no-store').send(toBody(said));
}

/** Every answer that is not the one asked for leaves as a problem of the catalogue. */
export function installProblems(app: App, durability: Durability, refused: RefusedLog): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const found = toProblem(error, request.routeOptions.bodyLimit);
    if (found === null) {
      const { name, code } = error;
      request.log.error(
        {
          method: request.method,
          route: request.routeOptions.url,
          name,
          code,
          trace: traceOf(error),
        },
        'server fault',
      );
    }
    // A password that was changed goes away by itself as little as a wrong setting does.
    if (found?.code === 'database-away') request.log.warn({ code: error.code }, 'database away');
    // Once: every request says the same until somebody sets it right.
    if (error instanceof NotDurableError && durability.note(error)) {
      request.log.error({ setting: error.setting }, error.message);
    }
    const said = found ?? problem('server-fault');
    refused.note(request, said.code);
    // A download may fail before its first byte: the headers of the file are not those of a problem.
    void reply.removeHeader('content-disposition').type('application/json; charset=utf-8');
    if (said.code === 'database-away' || said.code === 'not-durable') {
      void reply.header('retry-after', AWAY_SECONDS);
    }
    if (said.code === 'too-many-tries') void reply.header('retry-after', said.facts['seconds']);
    void reply.status(statusOf(said)).header('cache-control', 'no-store').send(toBody(said));
  });

  app.setNotFoundHandler((_, reply) => {
    const said = problem('not-found');
    void reply.status(statusOf(said)).header('cache-control', 'no-store').send(toBody(said));
  });
}
