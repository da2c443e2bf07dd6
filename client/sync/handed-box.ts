import { readLaunchLetters } from '#shared/privacy/launch-letters.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const VERSION = 1;
const SALT = 16;
const IV = 12;
const HEAD = 1 + SALT + IV;
/** As for a PIN; fifty bits behind it are out of anybody's reach. */
const ROUNDS = 600_000;
/** No turf is larger; something that is was made to fill a phone. */
const MOST_BYTES = 48 * 1024 * 1024;

async function keyOf(letters: string, salt: Bytes): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(letters);
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  const key = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(how, base, key, false, ['encrypt', 'decrypt']);
}

async function readAll(stream: ReadableStream<Bytes>): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_BYTES) throw new RangeError('too large for a turf');
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * Packs a text and shuts it with ten letters that are not in it: a picture of the codes, or a file
 * that lies about, opens nothing by itself. Method: deflate, PBKDF2-SHA256, AES-256-GCM.
 */
export async function shutBox(text: string, letters: string): Promise<Bytes> {
  const packed = await readAll(
    new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')),
  );
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const key = await keyOf(letters, salt);
  const shut = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, packed));
  const whole = new Uint8Array(HEAD + shut.length);
  whole[0] = VERSION;
  whole.set(salt, 1);
  whole.set(iv, 1 + SALT);
  whole.set(shut, HEAD);
  return whole;
}

/** The text that was shut in; null for other letters, and for anything else. */
export async function openBox(whole: Bytes, typed: string): Promise<string | null> {
  const letters = readLaunchLetters(typed);
  if (letters === null || whole[0] !== VERSION || whole.length <= HEAD) return null;
  const key = await keyOf(letters, whole.slice(1, 1 + SALT));
  const iv = whole.slice(1 + SALT, HEAD);
  try {
    const packed = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, whole.slice(HEAD));
    const stream = new Blob([packed]).stream();
    const text = await readAll(stream.pipeThrough(new DecompressionStream('deflate-raw')));
    return new TextDecoder().decode(text);
  } catch {
    // Other letters, or something that was cut off or changed on the way: nobody can tell which.
    return null;
  }
}
