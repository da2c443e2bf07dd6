import type { ScopeDigest } from '#shared/sync/protocol.ts';
import { scopeDigest } from '#shared/sync/scope-digest.ts';
import type { CorePorts } from './ports.ts';

/**
 * Makes the function that compares a turf's digest with what lies on this phone, computed of the
 * phone's own rows and nothing else (P10): true when they are the same facts. What was hashed once
 * is hashed again only when its bytes are other ones.
 */
export function makeDigestCheck(
  ports: Pick<CorePorts, 'packets' | 'hash'>,
): (server: ScopeDigest) => Promise<boolean> {
  const { packets, hash } = ports;
  let hashed = new Map<string, { readonly body: string; readonly hash: string }>();
  return async (server) => {
    // What another phone handed over and the chapter has not received has no place in the log.
    const rows = (await packets.readRows()).filter(({ seq }) => seq > 0);
    const known = await Promise.all(
      rows.map(async ({ opId, body }) => {
        const before = hashed.get(opId);
        const entry = before?.body === body ? before : { body, hash: await hash(body) };
        return [opId, entry] as const;
      }),
    );
    hashed = new Map(known);
    const own = scopeDigest(known.map(([, entry]) => entry.hash));
    return own.count === server.count && own.sum === server.sum;
  };
}
