import { isIP } from 'node:net';
import type { Ports } from '../ports.ts';

/** Whom a passkey is made for: a name that browsers bind it to, and the pages that may ask for it. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** The address that a request was sent to. */
export interface Asked {
  readonly protocol: string;
  /** With its port. */
  readonly host: string;
}

function partyOf(url: URL): RelyingParty | null {
  const local = url.hostname === 'localhost';
  // Browsers know passkeys on https and on this machine, and never for a bare address.
  const able = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0;
  if (!able || (url.protocol !== 'https:' && !local)) return null;
  return { id: url.hostname, origin: url.origin };
}

/**
 * The relying party of this server: PUBLIC_URL alone where it is set, else this machine by its own
 * name. Null where no browser would make a passkey.
 */
export function findRelyingParty(
  { publicUrl }: Pick<Ports['config'], 'publicUrl'>,
  { protocol, host }: Asked,
): RelyingParty | null {
  if (publicUrl !== null) return partyOf(new URL(publicUrl));
  const text = `${protocol}://${host}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.hostname === 'localhost' ? partyOf(url) : null;
}
