import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { AskDrill, SetBackupKey, SetBackupSchedule } from '#shared/model/backup.ts';
import { strict } from '#shared/model/schema.ts';
import { byMember } from '../audit/append-audit.ts';
import { backupFolder } from '../backup/backup-folder.ts';
import { makeBackupKey, readSecretKey } from '../backup/backup-key.ts';
import { findBackup, readBackupSettings } from '../backup/backup-rows.ts';
import { readHandOver } from '../backup/hand-over.ts';
import type { BackupKeeper } from '../backup/keep-backups.ts';
import { readBackupsPage } from '../backup/read-page.ts';
import { setBackupKey, setBackupSchedule } from '../backup/set-key.ts';
import { exportBook, takerOf } from '../export/ledger.ts';
import type { App } from '../plugins/app-type.ts';
import { staffOf } from '../plugins/auth.ts';
import { valueOf } from '../plugins/problems.ts';
import { sendFile } from '../plugins/send-download.ts';
import { requireStepUp } from '../plugins/step-up.ts';
import type { Ports } from '../ports.ts';

const params = Type.Object({ key: Type.String({ pattern: '^[0-9]{1,9}$', maxLength: 9 }) }, strict);

/** Backups, their key, drills, and the page for the next officers: an admin's. */
export function backupRoutes(app: App, ports: Ports, keeper: BackupKeeper): void {
  app.get('/v1/backups', (request) => {
    const { db } = staffOf(request);
    return readBackupsPage(db, ports, keeper.isDrilling(db));
  });

  /** Answers when the backup is made: a page that was left finds it in the list. */
  app.post('/v1/backups', async (request, reply) => {
    const actor = staffOf(request);
    valueOf(await keeper.backUp(actor.db, 'asked', byMember(actor)));
    return reply.status(204).send();
  });

  app.get(
    '/v1/backups/:key/file',
    { schema: { params }, compress: false as const },
    async (request, reply) => {
      requireStepUp(request, ports);
      const actor = staffOf(request);
      const found = await findBackup(actor.db, Number(request.params.key));
      const { slug } = await readBackupSettings(actor.db);
      const path = join(backupFolder(ports.config, slug), found?.entry.file ?? '');
      const there = await stat(path).catch(() => null);
      if (found?.entry.state !== 'good' || there?.isFile() !== true) {
        throw new ProblemError(problem('not-found'));
      }
      const { file, facts } = found.entry;
      const about = { file, bytes: there.size, rows: facts ?? 0 };
      return sendFile(reply, exportBook(takerOf(actor), 'backup', ports), path, about);
    },
  );

  /** A pair for the admin to keep; the server keeps neither half of it until it is told which. */
  app.post('/v1/backups/key', (request) => {
    requireStepUp(request, ports);
    return makeBackupKey();
  });

  app.put('/v1/backups/key', { schema: { body: SetBackupKey } }, async (request, reply) => {
    requireStepUp(request, ports);
    const actor = staffOf(request);
    const { recipient } = request.body;
    valueOf(await setBackupKey(actor.db, recipient, byMember(actor), ports.clock()));
    keeper.touch(actor.db);
    return reply.status(204).send();
  });

  app.put(
    '/v1/backups/schedule',
    { schema: { body: SetBackupSchedule } },
    async (request, reply) => {
      const actor = staffOf(request);
      await setBackupSchedule(actor.db, request.body.every, byMember(actor), ports.clock());
      keeper.touch(actor.db);
      return reply.status(204).send();
    },
  );

  app.post('/v1/backups/drill', { schema: { body: AskDrill } }, async (request) => {
    const actor = staffOf(request);
    const { secret: typed } = request.body;
    const secret = typed === '' ? null : readSecretKey(typed);
    if (typed !== '' && secret === null) throw new ProblemError(problem('backup-key-wrong'));
    return valueOf(await keeper.drill(actor.db, secret, byMember(actor)));
  });

  app.get('/v1/backups/hand-over', (request) =>
    readHandOver(staffOf(request).db, { ...ports, address: ports.publicUrl() }),
  );
}
