import { SignIn } from '#shared/model/chapter.ts';
import { readMe } from '../chapter/read-chapter.ts';
import { findStaff, signIn, signOut } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import { actorOf, readerOf, setSessionCookie, staffOf } from '../plugins/auth.ts';
import type { FailureLimit } from '../plugins/limits.ts';
import { valueOf } from '../plugins/problems.ts';

/** Signing in and out, and who one is. */
export function sessionRoutes(app: App, ports: Ports, limit: FailureLimit): void {
  app.post('/v1/sign-in', { schema: { body: SignIn } }, async (request, reply) => {
    limit.check(request.ip);
    const result = await signIn(request.body.token, ports);
    if (!result.ok) limit.note(request.ip);
    const session = valueOf(result);
    const staff = await findStaff(session.token, ports);
    if (staff === null) throw new Error('A fresh session is unknown.');
    setSessionCookie(reply, ports, session.token);
    return readMe(staff.actor);
  });

  app.post('/v1/sign-out', async (request, reply) => {
    await signOut(staffOf(request));
    setSessionCookie(reply, ports, null);
    return reply.status(204).send();
  });

  app.get('/v1/me', (request) => {
    const actor = actorOf(request);
    return readMe(actor.kind === 'device' ? readerOf(request) : actor);
  });
}
