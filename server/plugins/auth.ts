import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem, type Problem, ProblemError } from '#shared/kernel/problem.ts';
import type { Actor, DeviceActor, StaffActor } from '../chapter/actor.ts';
import { findDevice } from '../chapter/find-device.ts';
import { findStaff } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';
import type { Access } from './access.ts';
import type { App } from './app-type.ts';

/** Without https. Behind https a browser keeps `__Host-` cookies from being set by anybody else. */
export const SESSION_COOKIE = 'hg_session';
const HOST_COOKIE = `__Host-${SESSION_COOKIE}`;
const SESSION_SECONDS = 7 * 24 * 3600;

/** Sets the session's cookie; without `token` it takes it away. */
export function setSessionCookie(reply: FastifyReply, ports: Ports, token: string | null): void {
  const secure = ports.config.secureCookies;
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  const name = secure ? HOST_COOKIE : SESSION_COOKIE;
  if (token === null) void reply.clearCookie(name, options);
  else void reply.setCookie(name, token, { ...options, maxAge: SESSION_SECONDS });
  // One that was set before the server knew of its https goes with it.
  if (secure) void reply.clearCookie(SESSION_COOKIE, options);
}

/**
 * The session that a browser says. Behind https a cookie of the name without `__Host-`, from before,
 * counts once: it is given its new name in the same answer.
 */
function readSession(
  request: FastifyRequest,
  ports: Ports,
): { token: string; old: boolean } | null {
  const name = ports.config.secureCookies ? HOST_COOKIE : SESSION_COOKIE;
  const token = request.cookies[name] ?? request.cookies[SESSION_COOKIE];
  return token === undefined ? null : { token, old: request.cookies[name] === undefined };
}

async function findActor(
  request: FastifyRequest,
  reply: FastifyReply,
  ports: Ports,
): Promise<Actor | null> {
  // A bearer token is asked for on purpose; a cookie comes along by itself, so it counts second.
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return findDevice(bearer, ports.registry, ports.clock());
  const session = readSession(request, ports);
  if (session === null) return null;
  const staff = await findStaff(session.token, ports, request.headers['user-agent']);
  // A canvasser acts by a phone alone: to the desk a member who has become one is nobody.
  if (staff === null || staff.actor.member.role === 'canvasser') return null;
  if (session.old) setSessionCookie(reply, ports, session.token);
  return staff.actor;
}

/** Why the actor may not call the route; null when they may. */
function refuse(actor: Actor, access: Exclude<Access, 'anyone'>, now: number): Problem | null {
  if (actor.kind === 'staff') {
    return access.includes(actor.member.role) ? null : problem('not-found');
  }
  if (actor.may === 'read') return access.includes('canvasser') ? null : problem('not-found');
  if (actor.grantUntil !== 0 && actor.grantUntil <= now) return problem('not-signed-in');
  if (access.includes('push')) return null;
  // An app of the first protocol knows one token for everything.
  const old = actor.publicKey === null && access.includes('canvasser');
  return problem(old ? 'update-first' : 'not-found');
}

/**
 * An unsafe request that carries a cookie must come from our own pages. Browsers say so in
 * Sec-Fetch-Site; older ones name the Origin.
 */
function isCrossSite(request: FastifyRequest): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return false;
  if (request.headers.authorization !== undefined) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
}

/** Finds out who asks before anything of the request is read, and refuses what is not declared. */
export async function installAuth(app: App, ports: Ports): Promise<void> {
  await app.register(cookie);
  app.decorateRequest('actor', null);

  app.addHook('onRequest', async (request, reply) => {
    const api = request.url.startsWith('/v1/');
    if (request.is404 && !api) return;
    if (isCrossSite(request)) throw new ProblemError(problem('cross-site'));
    const access = request.routeOptions.config.access ?? [];
    request.actor = api ? await findActor(request, reply, ports) : null;
    // As late as a route that is there and forbidden, and with nothing more of the request read.
    if (request.is404) throw new ProblemError(problem('not-found'));
    if (access === 'anyone') return;
    if (request.actor === null) throw new ProblemError(problem('not-signed-in'));
    const refused = refuse(request.actor, access, ports.clock());
    if (refused !== null) throw new ProblemError(refused);
  });
}

/** The member behind a request to a route for staff. */
export function staffOf(request: { readonly actor: Actor | null }): StaffActor {
  if (request.actor?.kind !== 'staff') throw new Error('The route is not for staff alone.');
  return request.actor;
}

/** The phone behind a request to a route for phones alone, whatever its standing. */
export function deviceOf(request: { readonly actor: Actor | null }): DeviceActor {
  if (request.actor?.kind !== 'device') throw new Error('The route is not for phones alone.');
  return request.actor;
}

/** The phone behind a request that reads; one that is revoked or whose member left reads nothing. */
export function readerOf(request: { readonly actor: Actor | null }): DeviceActor {
  const device = deviceOf(request);
  if (device.standing !== 'ok') throw new ProblemError(problem('no-turf'));
  return device;
}

/** Whoever is behind a request to a route that is not for anyone. */
export function actorOf(request: { readonly actor: Actor | null }): Actor {
  if (request.actor === null) throw new Error('The route is for anyone.');
  return request.actor;
}
