import Fastify, { type FastifyServerOptions, LogController } from 'fastify';
import { ArchiveKeeper } from './archive/keep-archives.ts';
import { BackupKeeper } from './backup/keep-backups.ts';
import { installAuth } from './plugins/auth.ts';
import type { App } from './plugins/app-type.ts';
import { installClientFiles } from './plugins/client-files.ts';
import { Durability } from './plugins/durability.ts';
import { DeviceLimit, installDeviceLimit } from './plugins/device-limit.ts';
import { buildLaterValidator } from './plugins/check-later.ts';
import { installFields } from './plugins/answer-fields.ts';
import { installHeaders } from './plugins/headers.ts';
import { BODY_LIMIT, FailureLimit, installLimits } from './plugins/limits.ts';
import { installOpenChapters } from './plugins/open-chapters.ts';
import { installPackedBodies } from './plugins/packed-bodies.ts';
import { installDownloads } from './plugins/send-download.ts';
import { installTurfChanges } from './plugins/tell-turf-changes.ts';
import { installProblems, sendFrameworkError } from './plugins/problems.ts';
import { RefusedLog } from './plugins/refused-log.ts';
import { checkTable, collectRoutes, type RouteEntry } from './plugins/route-list.ts';
import { installPasskeyFirst } from './plugins/step-up.ts';
import { archiveRoutes } from './routes/archive.ts';
import { auditRoutes } from './routes/audit.ts';
import type { Ports } from './ports.ts';
import { backupRoutes } from './routes/backups.ts';
import { deviceRoutes } from './routes/device.ts';
import { doorRoutes } from './routes/doors.ts';
import { exportRoutes } from './routes/exports.ts';
import { followUpRoutes } from './routes/follow-ups.ts';
import { duplicateRoutes } from './routes/duplicates.ts';
import { handedRoutes } from './routes/handed.ts';
import { healthRoutes } from './routes/health.ts';
import { heldRoutes } from './routes/held.ts';
import { inviteRoutes } from './routes/invites.ts';
import { joinRoutes } from './routes/join.ts';
import { layerRoutes } from './routes/layers.ts';
import { liveRoutes } from './routes/live.ts';
import { mapRoutes } from './routes/map.ts';
import { memberRoutes } from './routes/members.ts';
import { packetRoutes } from './routes/packet.ts';
import { buildingRoutes } from './routes/buildings.ts';
import { paperRoutes } from './routes/paper.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { peopleDataRoutes } from './routes/people-data.ts';
import { petitionRoutes } from './routes/petitions.ts';
import { phoneRoutes } from './routes/phones.ts';
import { policyReportRoutes } from './routes/policy-reports.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { pullRoutes } from './routes/pull.ts';
import { pushRoutes } from './routes/push.ts';
import { rescueRoutes } from './routes/rescue.ts';
import { rollRoutes } from './routes/roll.ts';
import { unmatchedRoutes } from './routes/unmatched.ts';
import { shareRoutes } from './routes/shares.ts';
import { otherTurfRoutes } from './routes/other-turf.ts';
import { scriptRoutes } from './routes/scripts.ts';
import { sessionRoutes } from './routes/session.ts';
import { shiftPlanRoutes } from './routes/shifts.ts';
import { shiftRoutes } from './routes/shift.ts';
import { tagRoutes } from './routes/tags.ts';
import { turfLibraryRoutes } from './routes/turf-library.ts';
import { turfPassRoutes } from './routes/turf-passes.ts';
import { turfPlanRoutes } from './routes/turf-plan.ts';
import { turfRoutes } from './routes/turfs.ts';
import { turfWalkRoutes } from './routes/turf-walk.ts';
import { universeRoutes } from './routes/universes.ts';
import { SweepKeeper } from './privacy/keep-sweeping.ts';
import { makePushAcceptor } from './sync/accept-push.ts';
import { CommitNotices } from './sync/notify.ts';
import { shareNotices } from './sync/share-notices.ts';
import { LiveTurfs } from './turf/live-turfs.ts';

export interface AppOptions extends Omit<Ports, 'publicUrl'> {
  readonly logger?: FastifyServerOptions['logger'];
}

/** Where people reach the server: as configured, else the port that it listens on. */
function findPublicUrl(app: App, options: AppOptions): string {
  const { publicUrl, port } = options.config;
  if (publicUrl !== null) return publicUrl;
  const address = app.server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return `http://localhost:${actual}`;
}

/**
 * The whole server but for the listening: plugins first, then the routes, one line a noun. Every
 * route has its row in the access table, or this throws.
 */
export async function buildApp(
  options: AppOptions,
): Promise<{ app: App; ports: Ports; routes: readonly RouteEntry[] }> {
  const app: App = Fastify({
    bodyLimit: BODY_LIMIT,
    // A proxy on this machine may say whose request it passes on; nobody else may.
    trustProxy: 'loopback',
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    frameworkErrors: sendFrameworkError,
    // Long enough that an absurd id is refused by its schema, with a problem of ours.
    routerOptions: { maxParamLength: 2000 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    schemaController: { compilersFactory: { buildValidator: buildLaterValidator } },
    logger: options.logger ?? false,
  });
  const ports: Ports = { ...options, publicUrl: () => findPublicUrl(app, options) };

  const routes = collectRoutes(app);
  const durability = new Durability();
  installProblems(app, durability, new RefusedLog(ports.clock));
  await installHeaders(app, ports.config);
  await installAuth(app, ports);
  installPasskeyFirst(app);
  installFields(app);
  installDeviceLimit(app, new DeviceLimit(ports.clock));
  installPackedBodies(app);
  installLimits(app);
  installDownloads(app);

  const failures = new FailureLimit(ports.clock);
  const notices = new CommitNotices();
  app.addHook('onClose', await shareNotices(notices, ports.registry));
  installTurfChanges(app, notices);
  await installOpenChapters(app, ports, notices);
  const live = new LiveTurfs(notices, ports.clock);
  const acceptPush = makePushAcceptor(notices);
  const backups = new BackupKeeper({ ...ports, warn: (sentence) => app.log.warn(sentence) });
  app.addHook('onListen', () => backups.start());
  app.addHook('onClose', () => backups.close());
  const archives = new ArchiveKeeper({ ...ports, warn: (sentence) => app.log.warn(sentence) });
  app.addHook('onClose', () => archives.close());
  const sweeps = new SweepKeeper({ ...ports, warn: (sentence) => app.log.warn(sentence) });
  app.addHook('onListen', () => sweeps.start());
  app.addHook('onClose', () => sweeps.close());
  const areas: ((area: App) => void)[] = [
    (area) => healthRoutes(area, ports, durability),
    (area) => policyReportRoutes(area, ports),
    (area) => sessionRoutes(area, ports, failures),
    (area) => passkeyRoutes(area, ports),
    (area) => memberRoutes(area, ports),
    (area) => joinRoutes(area, ports, failures, notices),
    (area) => handedRoutes(area, ports, failures, notices),
    (area) => inviteRoutes(area, ports, notices),
    (area) => deviceRoutes(area, ports),
    (area) => mapRoutes(area),
    (area) => rollRoutes(area, ports),
    (area) => unmatchedRoutes(area, ports),
    (area) => duplicateRoutes(area, ports),
    (area) => layerRoutes(area, ports),
    (area) => universeRoutes(area, ports),
    (area) => doorRoutes(area, ports),
    (area) => turfPlanRoutes(area, ports),
    (area) => turfRoutes(area, ports),
    (area) => turfWalkRoutes(area),
    (area) => turfPassRoutes(area, ports, live),
    (area) => turfLibraryRoutes(area, ports),
    (area) => otherTurfRoutes(area, ports),
    (area) => liveRoutes(area, ports, live),
    (area) => scriptRoutes(area, ports),
    (area) => tagRoutes(area, ports),
    (area) => petitionRoutes(area, ports),
    (area) => followUpRoutes(area, ports),
    (area) => packetRoutes(area, ports),
    (area) => shareRoutes(area, ports),
    (area) => auditRoutes(area, ports),
    (area) => pushRoutes(area, ports, acceptPush),
    (area) => pullRoutes(area, ports),
    (area) => exportRoutes(area, ports),
    (area) => paperRoutes(area, ports, notices),
    (area) => buildingRoutes(area, ports, notices),
    (area) => backupRoutes(area, ports, backups),
    (area) => archiveRoutes(area, ports, archives),
    (area) => peopleDataRoutes(area, ports),
    (area) => privacyRoutes(area, ports),
    (area) => phoneRoutes(area, ports),
    (area) => heldRoutes(area, ports, notices),
    (area) => rescueRoutes(area, ports, acceptPush),
    (area) => shiftRoutes(area, ports),
    (area) => shiftPlanRoutes(area, ports),
  ];
  // Each area is closed in itself: a parser that one adds is not the others'.
  for (const add of areas) {
    await app.register((area, _, done) => {
      add(area);
      done();
    });
  }
  const withClient = await installClientFiles(app, ports.config, ports.clock);
  checkTable(routes, withClient);
  return { app, ports, routes };
}
