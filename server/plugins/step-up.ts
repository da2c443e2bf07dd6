import type { FastifyRequest } from 'fastify';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { needsPasskey } from '../chapter/sessions.ts';
import { findRelyingParty, type RelyingParty } from '../passkeys/relying-party.ts';
import type { Ports } from '../ports.ts';
import type { App } from './app-type.ts';
import { staffOf } from './auth.ts';

/** For this long after the passkey was asked for, it is not asked for again. */
export const STEP_UP_LIFE = 5 * 60_000;

/**
 * Throws `ask-passkey` unless this session has asked for the passkey in the last five minutes: for
 * what takes data out, or changes who may. The demo chapter asks for none.
 */
export function requireStepUp(request: FastifyRequest, { clock }: Pick<Ports, 'clock'>): void {
  const { askedAt, demo } = staffOf(request);
  if (demo || (askedAt !== null && clock() < askedAt + STEP_UP_LIFE)) return;
  throw new ProblemError(problem('ask-passkey'));
}

/** Whom a passkey is for at this address; throws `passkeys-elsewhere` where browsers make none. */
export function relyingPartyOf(request: FastifyRequest, ports: Ports): RelyingParty {
  const party = findRelyingParty(ports.config, request);
  if (party !== null) return party;
  throw new ProblemError(problem('passkeys-elsewhere', { address: ports.publicUrl() }));
}

/** What a session may do that has no passkey yet. */
const KEYLESS = new Set([
  'GET /v1/me',
  'POST /v1/sign-out',
  'POST /v1/passkeys/new',
  'POST /v1/passkeys',
]);

/** Whoever came in by a link makes a passkey before anything else. Comes after the roles' check. */
export function installPasskeyFirst(app: App): void {
  app.addHook('onRequest', (request, _, next) => {
    const { actor, method, routeOptions } = request;
    const keyless = actor?.kind === 'staff' && needsPasskey(actor);
    const route = `${method} ${routeOptions.url ?? ''}`;
    const open = !keyless || routeOptions.config.access === 'anyone' || KEYLESS.has(route);
    next(open ? undefined : new ProblemError(problem('passkey-first')));
  });
}
