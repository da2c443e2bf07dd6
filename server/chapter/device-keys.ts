import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

/** Keys by their point, the one that was asked for longest ago first; never told apart by whose. */
const known = new Map<string, KeyObject>();
/** A phone asks four times an hour; reading its key costs as much as checking what it has signed. */
const REMEMBERED = 2_000;

function toKey(point: Uint8Array): KeyObject {
  const text = Buffer.from(point).toString('base64url');
  const key = known.get(text) ?? readKey(point);
  known.delete(text);
  known.set(text, key);
  const oldest = known.size > REMEMBERED ? known.keys().next() : null;
  if (oldest?.done === false) known.delete(oldest.value);
  return key;
}

function readKey(point: Uint8Array): KeyObject {
  const x = Buffer.from(point.subarray(1, 33)).toString('base64url');
  const y = Buffer.from(point.subarray(33)).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}

/** The 65 bytes of a P-256 key sent as base64url; null for anything that is not on the curve. */
export function readPublicKey(text: string): Uint8Array | null {
  const point = new Uint8Array(Buffer.from(text, 'base64url'));
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED) return null;
  try {
    toKey(point);
    return point;
  } catch {
    return null;
  }
}

/** Whether the phone with this key signed this text: ECDSA with SHA-256, IEEE P1363, base64url. */
export function isSignedBy(point: Uint8Array, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return verify(
    'sha256',
    Buffer.from(text),
    { key: toKey(point), dsaEncoding: 'ieee-p1363' },
    bytes,
  );
}
