import type { ArchiveKeeper } from '../archive/keep-archives.ts';
import { exportBook, takerOf } from '../export/ledger.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { sendFile } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';

/** Everything of the chapter as one file, to take along: an admin's. */
export function archiveRoutes(app: App, ports: Ports, keeper: ArchiveKeeper): void {
  app.get('/v1/archive', (request) => keeper.state(staffOf(request).db));

  /** Answers as soon as it is begun. */
  app.post('/v1/archive', async (request, reply) => {
    requireStepUp(request, ports);
    return reply.status(202).send(valueOf(await keeper.start(staffOf(request))));
  });

  app.delete('/v1/archive', async (request, reply) => {
    await keeper.cancel(staffOf(request).db);
    return reply.status(204).send();
  });

  /** Nothing to take here is no fault: the hour may be over, or another process has it. */
  app.get('/v1/archive/file.zip', { compress: false as const }, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const ready = await keeper.readyFile(actor.db);
    if (ready === null) return reply.status(204).send();
    return sendFile(reply, exportBook(takerOf(actor), 'archive', ports), ready.path, ready);
  });
}
