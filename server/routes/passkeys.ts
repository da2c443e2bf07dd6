import { PasskeyAnswer, PasskeyId, PasskeyMade } from '#shared/model/passkey.ts';
import { beginAsking, finishAsking } from '../passkeys/ask-passkey.ts';
import { listPasskeys } from '../passkeys/list-passkeys.ts';
import { beginMaking, finishMaking } from '../passkeys/make-passkey.ts';
import { makeRecoveryCodes } from '../passkeys/recovery-codes.ts';
import { removePasskey } from '../passkeys/remove-passkey.ts';
import { needsPasskey } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';
import type { App } from '../plugins/app-type.ts';
import { setSessionCookie, staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { relyingPartyOf, requireStepUp } from '../plugins/step-up.ts';

/** A member's own passkeys and recovery codes, and asking for the passkey again. */
export function passkeyRoutes(app: App, ports: Ports): void {
  app.get('/v1/passkeys', (request) => {
    const { db, member } = staffOf(request);
    return listPasskeys(db, member.id);
  });

  app.post('/v1/passkeys/new', (request) => {
    const actor = staffOf(request);
    // The first one is made by whoever has a link; every other one by whoever has a passkey.
    if (!needsPasskey(actor)) requireStepUp(request, ports);
    return beginMaking(actor, relyingPartyOf(request, ports), ports);
  });

  app.post('/v1/passkeys', { schema: { body: PasskeyMade } }, async (request, reply) => {
    const actor = staffOf(request);
    if (!needsPasskey(actor)) requireStepUp(request, ports);
    const party = relyingPartyOf(request, ports);
    const session = valueOf(await finishMaking(actor, request.body, party, ports));
    if (session !== null) setSessionCookie(reply, ports, session.token);
    return listPasskeys(actor.db, actor.member.id);
  });

  app.delete('/v1/passkeys/:id', { schema: { params: PasskeyId } }, async (request) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    valueOf(await removePasskey(actor, request.params.id, ports.clock()));
    return listPasskeys(actor.db, actor.member.id);
  });

  app.post('/v1/recovery-codes', (request) => {
    requireStepUp(request, ports);
    return makeRecoveryCodes(staffOf(request), ports);
  });

  app.post('/v1/passkeys/ask', (request) =>
    beginAsking(staffOf(request), relyingPartyOf(request, ports), ports),
  );

  app.post('/v1/passkeys/asked', { schema: { body: PasskeyAnswer } }, async (request, reply) => {
    const party = relyingPartyOf(request, ports);
    const session = valueOf(await finishAsking(staffOf(request), request.body, party, ports));
    setSessionCookie(reply, ports, session.token);
    return reply.status(204).send();
  });

  app.get('/v1/passkeys/asked', (request, reply) => {
    requireStepUp(request, ports);
    return reply.status(204).send();
  });
}
