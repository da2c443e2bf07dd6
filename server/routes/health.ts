import packageJson from '../../package.json' with { type: 'json' };
import type { App } from '../plugins/app-type.ts';

/** For whoever watches the process: it answers, and which version it is. */
export function healthRoutes(app: App): void {
  app.get('/v1/health', () => ({
    ok: true,
    version: packageJson.version,
  }));
}
