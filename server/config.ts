import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** What the operator decides, by environment. Checked once, at boot. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Where people reach this server; null until a free port is known. No slash at the end. */
  readonly publicUrl: string | null;
  /** Cookies are marked Secure when people come by https. */
  readonly secureCookies: boolean;
  /** The built client; null serves the API alone. */
  readonly clientDir: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

function readPort(text: string): Result<number, string> {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return ok(port);
  return fail(
    `PORT is "${text}". Set it to a whole number from 0 to 65535, or leave it out for 8080.`,
  );
}

function readPublicUrl(text: string | undefined): Result<string | null, string> {
  if (text === undefined || text === '') return ok(null);
  const fault = `PUBLIC_URL is "${text}". Set it to the address that people open, such as https://canvass.example.org, with no path.`;
  if (!URL.canParse(text)) return fail(fault);
  const url = new URL(text);
  const bare =
    (url.pathname === '/' || url.pathname === '') && url.search === '' && url.hash === '';
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return bare && web && url.username === '' ? ok(url.origin) : fail(fault);
}

/** Step by step: Node's own recursive mkdir never comes back where the system refuses, as in /proc. */
function makeDir(dir: string): void {
  if (existsSync(dir)) return;
  makeDir(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
}

function readDataDir(text: string): Result<string, string> {
  const dir = resolve(text);
  try {
    makeDir(dir);
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(dir);
  } catch {
    return fail(
      `DATA_DIR is "${dir}", and this user cannot make it or write in it. Give the user that folder, or set DATA_DIR to another one. Nothing was changed.`,
    );
  }
}

/**
 * The configuration, or one sentence a fault. HOST stays 127.0.0.1 unless told otherwise: a
 * fresh start must not show a chapter's people to the neighbours on a café's network, and a phone
 * needs https for its offline parts anyway, so a proxy stands in front.
 */
export function readConfig(
  environment: Environment,
  clientDir: string | null,
): Result<Config, readonly string[]> {
  const host = environment['HOST'] ?? '127.0.0.1';
  const port = readPort(environment['PORT'] ?? '8080');
  const publicUrl = readPublicUrl(environment['PUBLIC_URL']);
  const dataDir = readDataDir(environment['DATA_DIR'] ?? './data');
  const faults: string[] = [];
  for (const part of [port, publicUrl, dataDir]) if (!part.ok) faults.push(part.problem);
  if (!/^[\w.:-]{1,255}$/.test(host)) {
    faults.push(
      `HOST is "${host}". Set it to 127.0.0.1, to 0.0.0.0 for every network, or to one address of this machine.`,
    );
  }
  if (!port.ok || !publicUrl.ok || !dataDir.ok || faults.length > 0) return fail(faults);
  return ok({
    port: port.value,
    host,
    dataDir: dataDir.value,
    publicUrl: publicUrl.value,
    secureCookies: publicUrl.value?.startsWith('https:') ?? false,
    clientDir,
  });
}
