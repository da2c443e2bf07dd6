import { Type } from 'typebox';
import { MOST_CLAIMS } from '#shared/model/handed-chain.ts';
import { HandedClaim } from '#shared/model/handed.ts';
import { strict } from '#shared/model/schema.ts';
import { KeptOp } from '#shared/sync/protocol.ts';
import { takeRescue } from '../chapter/take-rescue.ts';
import type { App } from '../plugins/app-type.ts';
import { actorOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import type { AcceptPush } from '../sync/accept-push.ts';

/** An outbox of 20,000 facts, each sealed; a phone's shift makes a few hundred. */
const MOST_OPS = 20_000;
const BODY_LIMIT = 48 * 1024 * 1024;

const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const text = Type.String({ minLength: 1, maxLength: 64 });
const File = Type.Object(
  {
    format: Type.Literal('homeground-rescue'),
    v: Type.Union([Type.Literal(1), Type.Literal(2)]),
    chapterId: text,
    deviceId: text,
    dbEpoch: text,
    maxLocalSeq: count,
    savedAt: count,
    ops: Type.Array(KeptOp, { maxItems: MOST_OPS }),
    claims: Type.Optional(Type.Array(HandedClaim, { maxItems: MOST_CLAIMS })),
    signature: Type.String({ minLength: 1, maxLength: 200 }),
  },
  strict,
);

/** The outbox of a phone that cannot send, brought as a file. */
export function rescueRoutes(app: App, ports: Ports, acceptPush: AcceptPush): void {
  app.post(
    '/v1/rescue',
    {
      config: { packed: true, metered: true },
      bodyLimit: BODY_LIMIT,
      schema: { body: File },
    },
    async (request) => {
      const means = { acceptPush, clock: ports.clock };
      return valueOf(await takeRescue(actorOf(request), request.body, means));
    },
  );
}
