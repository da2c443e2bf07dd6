import type { Bytes } from './turf-key.ts';
import { openBytes, shutBytes } from './turf-key.ts';

/** Rounds of PBKDF2-SHA-256 for a PIN: what OWASP asked for in 2023. */
export const PIN_ROUNDS = 600_000;
/** The fewest digits of a PIN. */
export const PIN_DIGITS = 6;
const CHECK = new TextEncoder().encode('homeground guard 1');

/** A key of this browser that mixes into every guard: what is copied without it opens nothing. */
export function makeDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
}

/**
 * The guard's key out of a secret, what the person gave, and the browser's own key: HMAC of the one
 * under the other, then HKDF-SHA-256 to AES-256-GCM. It cannot be exported.
 */
async function mixKey(secret: Bytes, deviceKey: CryptoKey, info: string): Promise<CryptoKey> {
  const { subtle } = crypto;
  const mixed = await subtle.sign('HMAC', deviceKey, secret);
  const whole = await subtle.importKey('raw', mixed, 'HKDF', false, ['deriveKey']);
  const how = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(0),
    info: new TextEncoder().encode(info),
  };
  const aes = { name: 'AES-GCM', length: 256 };
  return subtle.deriveKey(how, whole, aes, false, ['encrypt', 'decrypt']);
}

/** The guard's key out of a PIN: PBKDF2-SHA-256 with this phone's salt, then mixed. */
export async function keyOfPin(
  pin: string,
  salt: Bytes,
  deviceKey: CryptoKey,
  rounds = PIN_ROUNDS,
): Promise<CryptoKey> {
  const { subtle } = crypto;
  const typed = await subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const bits = new Uint8Array(await subtle.deriveBits(how, typed, 256));
  return mixKey(bits, deviceKey, 'homeground pin 1');
}

/** The guard's key out of what a passkey computes of the salt (WebAuthn PRF, 32 bytes). */
export function keyOfPrf(output: Bytes, deviceKey: CryptoKey): Promise<CryptoKey> {
  return mixKey(output, deviceKey, 'homeground passkey 1');
}

/** What a guard keeps to tell its own key from any other. */
export function makeCheck(key: CryptoKey): Promise<Bytes> {
  return shutBytes(key, CHECK, 'check');
}

/** True of the key that the check was made with. */
export async function isRightKey(key: CryptoKey, check: Uint8Array): Promise<boolean> {
  return (await openBytes(key, check, 'check')) !== null;
}
