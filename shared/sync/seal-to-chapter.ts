import { fromBase64url, toBase64url } from '../kernel/base64url.ts';

/** A key as WebCrypto hands it out; nobody here looks inside. */
export interface SealKey {
  readonly type: string;
}

type Bytes = Uint8Array<ArrayBuffer>;
type Usage = 'deriveBits' | 'deriveKey' | 'encrypt' | 'decrypt';
interface Curve {
  readonly name: 'ECDH';
  readonly namedCurve: 'P-256';
}

/** What sealing needs of WebCrypto's `subtle`: the browser's and Node's both have this shape. */
export interface SealCrypto {
  generateKey(
    algorithm: Curve,
    extractable: boolean,
    usages: Usage[],
  ): Promise<{ readonly publicKey: SealKey; readonly privateKey: SealKey }>;
  exportKey(format: 'raw', key: SealKey): Promise<ArrayBuffer>;
  importKey(
    format: 'raw',
    bytes: Bytes,
    algorithm: Curve | { readonly name: 'HKDF' },
    extractable: boolean,
    usages: Usage[],
  ): Promise<SealKey>;
  deriveBits(
    algorithm: { readonly name: 'ECDH'; readonly public: SealKey },
    key: SealKey,
    length: number,
  ): Promise<ArrayBuffer>;
  deriveKey(
    algorithm: {
      readonly name: 'HKDF';
      readonly hash: 'SHA-256';
      readonly salt: Bytes;
      readonly info: Bytes;
    },
    key: SealKey,
    derived: { readonly name: 'AES-GCM'; readonly length: 256 },
    extractable: boolean,
    usages: Usage[],
  ): Promise<SealKey>;
  encrypt(
    algorithm: { readonly name: 'AES-GCM'; readonly iv: Bytes },
    key: SealKey,
    plain: Bytes,
  ): Promise<ArrayBuffer>;
  decrypt(
    algorithm: { readonly name: 'AES-GCM'; readonly iv: Bytes },
    key: SealKey,
    secret: Bytes,
  ): Promise<ArrayBuffer>;
}

const ECDH: Curve = { name: 'ECDH', namedCurve: 'P-256' };
const POINT = 65;
const IV = 12;
const TAG = 16;
const INFO = Uint8Array.from('homeground seal 1', (letter) => letter.charCodeAt(0));

/** One key for one message: out of both points, so that it opens for this chapter alone. */
async function agree(
  subtle: SealCrypto,
  own: SealKey,
  other: SealKey,
  ephemeral: Uint8Array,
  chapter: Uint8Array,
): Promise<SealKey> {
  const secret = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: other }, own, 256));
  const material = await subtle.importKey('raw', secret, { name: 'HKDF' }, false, ['deriveKey']);
  const salt = new Uint8Array(2 * POINT);
  salt.set(ephemeral);
  salt.set(chapter, POINT);
  return subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: INFO },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** Seals one message: `iv` is 12 fresh random bytes. A second one under the same key throws. */
export type SealOnce = (
  plain: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
) => Promise<string>;

/**
 * What of sealing one message can be done before it is there: a key that is made for it alone, out
 * of a pair whose private half is forgotten here. Throws when `chapterKey` is no point.
 */
export async function prepareSeal(subtle: SealCrypto, chapterKey: string): Promise<SealOnce> {
  const point = fromBase64url(chapterKey);
  if (point?.length !== POINT) throw new RangeError('no key to seal to');
  const [pair, chapter] = await Promise.all([
    subtle.generateKey(ECDH, false, ['deriveBits']),
    subtle.importKey('raw', point, ECDH, true, []),
  ]);
  const ephemeral = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  let unused: SealKey | null = await agree(subtle, pair.privateKey, chapter, ephemeral, point);
  return async (plain, iv) => {
    const key = unused;
    if (key === null || iv.length !== IV) throw new RangeError('no key to seal to');
    unused = null;
    const secret = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
    const whole = new Uint8Array(POINT + IV + secret.length);
    whole.set(ephemeral);
    whole.set(iv, POINT);
    whole.set(secret, POINT + IV);
    return toBase64url(whole);
  };
}

/**
 * Seals bytes so that nobody but the chapter's server can read them, the phone that sealed them
 * included. `chapterKey` is the chapter's P-256 point, `iv` 12 fresh random bytes. Gives base64url
 * of the ephemeral point, the iv, and the ciphertext with its tag. Throws when the key is none.
 * Method: ephemeral ECDH P-256, HKDF-SHA256, AES-256-GCM.
 */
export async function sealToChapter(
  subtle: SealCrypto,
  chapterKey: string,
  plain: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return (await prepareSeal(subtle, chapterKey))(plain, iv);
}

/**
 * Opens what sealToChapter made; `privateKey` is the chapter's ECDH key with usage `deriveBits`.
 * Null when it is anything else: cut off, changed, or sealed to another chapter.
 */
export async function openSealed(
  subtle: SealCrypto,
  chapterKey: string,
  privateKey: SealKey,
  sealed: string,
): Promise<Uint8Array | null> {
  const [whole, point] = [fromBase64url(sealed), fromBase64url(chapterKey)];
  if (whole === null || point?.length !== POINT || whole.length < POINT + IV + TAG) return null;
  const ephemeral = whole.slice(0, POINT);
  const iv = whole.slice(POINT, POINT + IV);
  try {
    const other = await subtle.importKey('raw', ephemeral, ECDH, true, []);
    const key = await agree(subtle, privateKey, other, ephemeral, point);
    const secret = whole.slice(POINT + IV);
    return new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv }, key, secret));
  } catch {
    // WebCrypto says the same of every fault: this was not sealed to us, or not whole.
    return null;
  }
}
