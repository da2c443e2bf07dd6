import { Type } from 'typebox';
import { strict } from '#shared/model/schema.ts';
import type { App } from '../plugins/app-type.ts';
import { deviceOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';
import { shiftNews } from '../chapter/shifts.ts';
import { answerPull } from '../sync/answer-pull.ts';
import { noticeAhead } from '../sync/notice-ahead.ts';

const Query = Type.Object(
  {
    cursor: Type.String({ minLength: 1, maxLength: 2000 }),
    /** The mark of the shifts that the phone shows; left out by older ones. */
    shifts: Type.Optional(Type.String({ maxLength: 16 })),
  },
  strict,
);

/** A phone asks what others did at its turf's doors. */
export function pullRoutes(app: App, ports: Ports): void {
  app.get('/v1/pull', { schema: { querystring: Query } }, async (request, reply) => {
    const device = deviceOf(request);
    void reply.header('cache-control', 'no-store');
    const { cursor, shifts } = request.query;
    const now = ports.clock();
    const answer = await answerPull(device.db, device, cursor, now);
    if (!answer.ok && (await noticeAhead(device.db, cursor, ports))) {
      request.log.warn(
        `A phone has read further in the log of chapter ${device.db.id} than it goes: an older copy of the database is in its place. Phones are asked to send again what they still have.`,
      );
    }
    const pulled = valueOf(answer);
    if (shifts === undefined || pulled.more) return pulled;
    if (!pulled.scopes.some(({ state }) => state === 'held')) return pulled;
    const news = await shiftNews(device.db, shifts, now);
    return news === null ? pulled : { ...pulled, news };
  });
}
