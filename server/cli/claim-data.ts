import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { claimFile } from '../store/claim-file.ts';
import { CommandError } from './terminal.ts';

/** Makes sure that this is the only server on the data folder, for as long as the process lives. */
export function claimData(dataDir: string): () => void {
  const claim = claimFile(join(dataDir, 'server.lock'));
  if (claim !== null) return claim;
  throw new CommandError(
    `Another Homeground server is already using ${dataDir}. Stop that one, or set DATA_DIR to another folder. Nothing was changed.`,
  );
}

const SENTENCES: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use by another program. Stop that one, or start with another port: PORT=${port === 65_535 ? 8081 : port + 1} npm start. Nothing was changed.`,
  EACCES: ({ port }) =>
    `This user may not use port ${port}. Ports below 1024 need more rights: start with PORT=8080. Nothing was changed.`,
  EADDRNOTAVAIL: ({ host }) =>
    `HOST is "${host}", and this machine has no such address. Leave it out for 127.0.0.1, or set 0.0.0.0. Nothing was changed.`,
  ENOTFOUND: ({ host }) =>
    `HOST is "${host}", and no address was found for it. Leave it out for 127.0.0.1, or set 0.0.0.0. Nothing was changed.`,
};

/** Says what keeps us from listening, or passes on what we do not know. */
export function explainListenFault(error: unknown, config: Config): unknown {
  const code = (error as { code?: string }).code ?? '';
  const say = SENTENCES[code];
  return say === undefined ? error : new CommandError(say(config));
}

/** Finds out whether we could listen, before anything that takes long. */
export async function tryListening(config: Config): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(config.port, config.host, () => resolve());
    });
  } catch (error) {
    throw explainListenFault(error, config);
  } finally {
    await new Promise<void>((resolve) => {
      probe.close(() => resolve());
    });
  }
}
