import packageJson from '../../package.json' with { type: 'json' };
import { problem, statusOf } from '#shared/kernel/problem.ts';
import type { App } from '../plugins/app-type.ts';
import type { Durability } from '../plugins/durability.ts';
import { toBody } from '../plugins/problems.ts';
import type { Ports } from '../ports.ts';

/**
 * For whoever watches the process: it answers, and which version it is. While commits would not
 * survive a power cut it says so with the status of that problem, until that has been set right.
 */
export function healthRoutes(app: App, { registry }: Ports, durability: Durability): void {
  const { version } = packageJson;
  app.get('/v1/health', async (_, reply) => {
    const setting = await durability.look(() => registry.findWeakness());
    if (setting === null) return { ok: true, version };
    const said = problem('not-durable', { setting });
    return reply.status(statusOf(said)).send({ ok: false, version, ...toBody(said) });
  });
}
