import { generateKeyPairSync } from 'node:crypto';

/** A P-256 pair for what phones keep after it was acknowledged: the private half never leaves. */
export function makeSealKeys(): { seal_private: Uint8Array; seal_public: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    seal_private: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    // The last 65 bytes of the key's DER form are its uncompressed point.
    seal_public: new Uint8Array(spki.subarray(-65)),
  };
}
