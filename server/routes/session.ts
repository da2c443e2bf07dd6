import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import { type Me, SignIn, type SignedIn } from '#shared/model/chapter.ts';
import { type AskPasskey, PasskeyAnswer, RecoveryEntry } from '#shared/model/passkey.ts';
import { SessionId } from '#shared/model/session.ts';
import { enterByLink, type Entered, type Refusal } from '../chapter/enter-by-link.ts';
import { RefusalNotes } from '../chapter/note-refusals.ts';
import { readMe } from '../chapter/read-chapter.ts';
import { findStaff, signOut } from '../chapter/sessions.ts';
import { endOtherSessions, endSession, listSessions } from '../chapter/own-sessions.ts';
import { enterByPasskey } from '../passkeys/enter-by-passkey.ts';
import { enterByCode } from '../passkeys/recovery-codes.ts';
import { makeSignInChallenge } from '../passkeys/sign-in-challenge.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import { actorOf, readerOf, setSessionCookie, staffOf } from '../plugins/auth.ts';
import type { FailureLimit } from '../plugins/limits.ts';
import { valueOf } from '../plugins/problems.ts';
import { relyingPartyOf } from '../plugins/step-up.ts';

/** Signing in and out, and who one is. */
export function sessionRoutes(app: App, ports: Ports, limit: FailureLimit): void {
  const refusals = new RefusalNotes(ports.clock);

  const enter = async (
    request: FastifyRequest,
    reply: FastifyReply,
    how: 'link' | 'passkey' | 'recovery',
    attempt: () => Promise<Result<Entered, Refusal>>,
  ): Promise<Me> => {
    limit.check(request.ip);
    const entered = await attempt();
    if (!entered.ok) {
      limit.note(request.ip);
      const { db, problem } = entered.problem;
      if (db !== null) await refusals.note(db, request.ip, how);
      throw new ProblemError(problem);
    }
    const { token } = entered.value.session;
    const staff = await findStaff(token, ports, request.headers['user-agent']);
    if (staff === null) throw new Error('A fresh session is unknown.');
    setSessionCookie(reply, ports, token);
    return readMe(staff.actor);
  };

  app.post('/v1/sign-in', { schema: { body: SignIn } }, (request, reply) =>
    enter(request, reply, 'link', () => enterByLink(request.body.token, ports)),
  );

  app.post('/v1/sign-in/ask', async (request): Promise<AskPasskey> => {
    const { id } = relyingPartyOf(request, ports);
    const secret = await ports.registry.secret();
    const challenge = makeSignInChallenge(secret, ports.clock(), ports.random);
    return { challenge, rpId: id, passkeys: [] };
  });

  app.post('/v1/sign-in/passkey', { schema: { body: PasskeyAnswer } }, (request, reply) => {
    const party = relyingPartyOf(request, ports);
    return enter(request, reply, 'passkey', () => enterByPasskey(request.body, party, ports));
  });

  app.post('/v1/sign-in/code', { schema: { body: RecoveryEntry } }, (request, reply) =>
    enter(request, reply, 'recovery', () => enterByCode(request.body, ports)),
  );

  app.post('/v1/sign-out', async (request, reply) => {
    await signOut(staffOf(request), false, ports.clock());
    setSessionCookie(reply, ports, null);
    return reply.status(204).send();
  });

  app.post('/v1/sign-out/everywhere', async (request, reply) => {
    await signOut(staffOf(request), true, ports.clock());
    setSessionCookie(reply, ports, null);
    return reply.status(204).send();
  });

  app.get('/v1/sessions', (request) => listSessions(staffOf(request), ports.clock()));

  app.delete('/v1/sessions/:id', { schema: { params: SessionId } }, async (request, reply) => {
    valueOf(await endSession(staffOf(request), request.params.id, ports.clock()));
    return reply.status(204).send();
  });

  app.post('/v1/sessions/end-others', async (request, reply) => {
    await endOtherSessions(staffOf(request), ports.clock());
    return reply.status(204).send();
  });

  // A browser writes every 401 into its console: one that asks only whether it is signed in gets none.
  app.get('/v1/signed-in', async ({ actor }): Promise<SignedIn> => {
    return { me: actor?.kind === 'staff' ? await readMe(actor) : null };
  });

  app.get('/v1/me', (request) => {
    const actor = actorOf(request);
    return readMe(actor.kind === 'device' ? readerOf(request) : actor);
  });
}
