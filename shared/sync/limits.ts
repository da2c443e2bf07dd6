/** The version of the wire; a server takes every released one. */
export const PROTO = 2;
/** Pulls and packets need a phone that asks for a read token: older ones update first (P12). */
export const LEAST_PULL_PROTO = 2;
/** A push holds at most this many operations, and this many bytes of bodies (P4). */
export const MAX_OPS_PER_PUSH = 200;
export const MAX_PUSH_BYTES = 256 * 1024;
/** A pull page holds at most this many changes and about this many bytes of them (P7). */
export const MAX_CHANGES_PER_PULL = 1000;
export const MAX_PULL_BYTES = 1024 * 1024;
