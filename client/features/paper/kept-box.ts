import { fromBase64url, toBase64url } from '#shared/kernel/base64url.ts';
import { type Kept, parseKept } from './kept-entry.ts';

/** Where what is typed for one turf lies in this browser, for nobody but whoever types. */
export interface KeptBox {
  /** Null for nothing, or for what cannot be read. */
  readonly read: () => Promise<Kept | null>;
  /** False when this browser has no room for it, or cannot seal. */
  readonly write: (kept: Kept) => Promise<boolean>;
}

const IV = 12;

/**
 * A box in `storage`, sealed by a key that the chapter gives to this member alone: notes and names lie
 * nowhere in the clear, and whoever is signed out cannot open it. What an earlier version left in the
 * clear is read, and sealed with the next write.
 */
export async function openBox(
  storage: () => Pick<Storage, 'getItem' | 'setItem'>,
  name: string,
  keyText: string,
): Promise<KeptBox> {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  const bytes = fromBase64url(keyText);
  const key =
    bytes === null
      ? undefined
      : await subtle?.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const additionalData = new TextEncoder().encode(name);
  const open = async (sealed: string): Promise<string> => {
    const all = fromBase64url(sealed);
    if (subtle === undefined || key === undefined || all === null) {
      throw new Error('Nothing opens it here.');
    }
    const wish = { name: 'AES-GCM', iv: all.subarray(0, IV), additionalData };
    return new TextDecoder().decode(await subtle.decrypt(wish, key, all.subarray(IV)));
  };
  return {
    read: async () => {
      try {
        const text = storage().getItem(name);
        if (text === null) return null;
        return parseKept(text.startsWith('{') ? text : await open(text));
      } catch {
        return null;
      }
    },
    write: async (kept) => {
      if (subtle === undefined || key === undefined) return false;
      try {
        const iv = crypto.getRandomValues(new Uint8Array(IV));
        const text = new TextEncoder().encode(JSON.stringify(kept));
        const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, text);
        const all = new Uint8Array(IV + sealed.byteLength);
        all.set(iv);
        all.set(new Uint8Array(sealed), IV);
        storage().setItem(name, toBase64url(all));
        return true;
      } catch {
        return false;
      }
    },
  };
}
