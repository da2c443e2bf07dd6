import type { TurfId } from '#shared/kernel/ids.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** What a turf's rows are shut with, as WebCrypto hands it out: other tabs get it, no disk does. */
export interface TurfKeyHandles {
  readonly turfId: TurfId;
  readonly boxes: CryptoKey;
  readonly names: CryptoKey;
}

/** The key of one turf while it is open. Nobody can read it out again. */
export interface TurfKey extends TurfKeyHandles {
  /** The text behind AES-256-GCM; the same text never looks the same twice. */
  shut(text: string): Promise<Bytes>;
  /** The text of a box of this key; null of any other, and of one that has changed. */
  open(box: Uint8Array): Promise<string | null>;
  /** A name that says nothing without the key, the same for the same text (HMAC-SHA-256, hex). */
  nameOf(text: string): Promise<string>;
}

/** Bytes of a new turf key. */
export const TURF_KEY_BYTES = 32;
const IV = 12;
const utf8 = new TextEncoder();

/** AES-256-GCM with a fresh iv before the ciphertext; `about` must be the same again at opening. */
export async function shutBytes(key: CryptoKey, plain: Bytes, about: string): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const how = { name: 'AES-GCM', iv, additionalData: utf8.encode(about) };
  const secret = new Uint8Array(await crypto.subtle.encrypt(how, key, plain));
  const box = new Uint8Array(IV + secret.length);
  box.set(iv);
  box.set(secret, IV);
  return box;
}

/** What shutBytes made, or null when it is anything else. */
export async function openBytes(
  key: CryptoKey,
  box: Uint8Array,
  about: string,
): Promise<Bytes | null> {
  const how = { name: 'AES-GCM', iv: box.slice(0, IV), additionalData: utf8.encode(about) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, box.slice(IV)));
  } catch {
    // WebCrypto says the same of every fault: another key, or changed bytes.
    return null;
  }
}

/** A turf key at work, from handles that another tab or `importTurfKey` gave. */
export function fromHandles({ turfId, boxes, names }: TurfKeyHandles): TurfKey {
  return {
    turfId,
    boxes,
    names,
    shut: (text) => shutBytes(boxes, utf8.encode(text), turfId),
    open: async (box) => {
      const plain = await openBytes(boxes, box, turfId);
      return plain === null ? null : new TextDecoder().decode(plain);
    },
    nameOf: async (text) => {
      const mac = new Uint8Array(await crypto.subtle.sign('HMAC', names, utf8.encode(text)));
      return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

/** Makes the two keys of a turf out of its 32 bytes (HKDF-SHA-256); neither can be exported. */
export async function importTurfKey(turfId: TurfId, raw: Bytes): Promise<TurfKey> {
  const { subtle } = crypto;
  const whole = await subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  const from = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(0),
    info: utf8.encode(info),
  });
  const aes = { name: 'AES-GCM', length: 256 };
  const mac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const [boxes, names] = await Promise.all([
    subtle.deriveKey(from('homeground rows 1'), whole, aes, false, ['encrypt', 'decrypt']),
    subtle.deriveKey(from('homeground names 1'), whole, mac, false, ['sign']),
  ]);
  return fromHandles({ turfId, boxes, names });
}
