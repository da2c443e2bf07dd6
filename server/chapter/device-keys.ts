import { createPublicKey, verify } from 'node:crypto';

const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

function toKey(point: Uint8Array) {
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
