import { HighWaterKeeper } from '../chapter/keep-high-water.ts';
import type { Ports } from '../ports.ts';
import type { App } from './app-type.ts';

/** Notes after every change how far its chapter has come, and looks at each chapter as it opens. */
export async function installHighWater(app: App, ports: Ports): Promise<void> {
  const { config, clock, random, registry } = ports;
  const warn = (sentence: string): void => app.log.warn(sentence);
  const keeper = new HighWaterKeeper({ dataDir: config.dataDir, clock, random, warn });
  app.addHook('onResponse', async (request) => {
    const { actor, method } = request;
    if (actor !== null && method !== 'GET' && method !== 'HEAD') keeper.touch(actor.db);
  });
  app.addHook('onClose', () => keeper.close());
  await registry.whenOpened((db) => keeper.check(db));
}
