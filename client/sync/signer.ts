import { toBase64url } from '#shared/kernel/base64url.ts';
import type { Signer } from './ports.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

/** The phone's key by WebCrypto: kept by the browser, used by the app, exported by nobody. */
export const webSigner: Signer = {
  makeKeys: async () => {
    const pair = await crypto.subtle.generateKey(CURVE, false, ['sign']);
    const point = await crypto.subtle.exportKey('raw', pair.publicKey);
    return { publicKey: toBase64url(new Uint8Array(point)), privateKey: pair.privateKey };
  },
  sign: async ({ privateKey }, text) => {
    if (!(privateKey instanceof CryptoKey)) throw new TypeError('this key was not kept whole');
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    const signed = await crypto.subtle.sign(how, privateKey, new TextEncoder().encode(text));
    return toBase64url(new Uint8Array(signed));
  },
};
