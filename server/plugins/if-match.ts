import type { FastifyRequest } from 'fastify';
import { problem, ProblemError } from '#shared/kernel/problem.ts';

/** The version that the sender saw, from If-Match: `3` or `"3"`; null when the header is absent. */
export function readIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (header === undefined) return null;
  const version = /^"?(\d{1,15})"?$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new ProblemError(problem('not-valid', { reason: 'If-Match must name a version' }));
}

/** The same where a change without it would overwrite unseen work. */
export function needIfMatch(request: FastifyRequest): number {
  const version = readIfMatch(request);
  if (version !== null) return version;
  throw new ProblemError(problem('not-valid', { reason: 'If-Match is missing' }));
}
