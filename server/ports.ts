import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Config } from './config.ts';
import type { Registry } from './store/registry.ts';

/** What the server takes from outside, so that tests and simulations can give their own. */
export interface Ports {
  readonly config: Config;
  readonly registry: Registry;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: RandomBytes;
  /** Where people reach this server, known once it listens. No slash at the end. */
  readonly publicUrl: () => string;
}
