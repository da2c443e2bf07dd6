import { PassThrough } from 'node:stream';
import { isStillSignedIn } from '../chapter/sessions.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import type { Ports } from '../ports.ts';
import type { LiveTurfs } from '../turf/live-turfs.ts';

const HEARTBEAT_MS = 15_000;
/** A desk that reads so much too slowly is let go; it comes back by itself and loads anew. */
const MOST_WAITING = 4 * 1024 * 1024;

/**
 * Server-sent events: each turf as it changes, who has which, and that somebody joined. What stands now
 * is read from GET /v1/turfs, GET /v1/launch and GET /v1/invites.
 */
export function liveRoutes(app: App, ports: Ports, live: LiveTurfs): void {
  const open = new Set<PassThrough>();
  app.addHook('preClose', () => {
    live.close();
    for (const stream of open) stream.end();
  });

  const options = { compress: false as const };
  app.get('/v1/live', options, (request, reply) => {
    const actor = staffOf(request);
    const stream = new PassThrough();
    const send = (text: string): void => {
      if (stream.writableLength > MOST_WAITING) stream.destroy();
      else if (!stream.writableEnded) stream.write(text);
    };
    const stop = live.follow(actor.db, {
      send: (turf) => send(`event: turf\ndata: ${JSON.stringify(turf)}\n\n`),
      board: (board) => send(`event: launch\ndata: ${JSON.stringify(board)}\n\n`),
      joins: () => send('event: joins\ndata: {}\n\n'),
      fail: () => stream.end(),
    });
    const beat = async (): Promise<void> => {
      // Who has signed out, or may no longer look, must not go on reading what comes in.
      if (await isStillSignedIn(actor, ports.clock())) send(':\n\n');
      else stream.end();
    };
    const heartbeat = setInterval(() => void beat().catch(() => stream.end()), HEARTBEAT_MS);
    open.add(stream);
    stream.once('close', () => {
      clearInterval(heartbeat);
      open.delete(stream);
      stop();
    });
    request.raw.once('close', () => stream.destroy());
    send(':\n\n');
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('x-accel-buffering', 'no')
      .send(stream);
  });
}
