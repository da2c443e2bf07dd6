import type { PasskeyAnswer } from './guard-phone.ts';
import type { Bytes } from './turf-key.ts';

/** Why no passkey came: `none` of this phone can do it, or the person said no. */
export class NoPasskey extends Error {
  readonly why: 'none' | 'refused';

  constructor(why: 'none' | 'refused') {
    super(why);
    this.why = why;
  }
}

const CHALLENGE = 32;
/** In ms: as long as somebody may look for the right finger. */
const TIMEOUT = 60_000;

const chance = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));

/** True where this phone's own lock may make passkeys; whether they compute (PRF) shows at the first. */
export async function mayHavePasskey(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

async function settle(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await asked;
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    throw new NoPasskey(
      error instanceof DOMException && error.name === 'NotSupportedError' ? 'none' : 'refused',
    );
  }
  throw new NoPasskey('refused');
}

function outputOf(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return first instanceof ArrayBuffer
    ? new Uint8Array(first)
    : new Uint8Array(first.buffer.slice(first.byteOffset, first.byteOffset + first.byteLength));
}

/** Asks a passkey of this phone what it computes of the salt; its owner must show who they are. */
export async function askPasskey(credentialId: Bytes, salt: Bytes): Promise<PasskeyAnswer> {
  const credential = await settle(
    navigator.credentials.get({
      publicKey: {
        challenge: chance(CHALLENGE),
        allowCredentials: [{ type: 'public-key', id: credentialId }],
        userVerification: 'required',
        timeout: TIMEOUT,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const output = outputOf(credential);
  if (output === null) throw new NoPasskey('none');
  return { credentialId: new Uint8Array(credential.rawId), output };
}

/**
 * Makes a passkey behind this phone's own lock, for these rows alone: no server knows it. Phones
 * that compute only when asked again are asked again at once.
 */
export async function makePasskey(name: string, salt: Bytes): Promise<PasskeyAnswer> {
  const credential = await settle(
    navigator.credentials.create({
      publicKey: {
        challenge: chance(CHALLENGE),
        rp: { name: 'Homeground' },
        user: { id: chance(16), name, displayName: name },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'discouraged',
          userVerification: 'required',
        },
        timeout: TIMEOUT,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const { prf } = credential.getClientExtensionResults();
  if (prf?.enabled === false) throw new NoPasskey('none');
  const credentialId = new Uint8Array(credential.rawId);
  const output = outputOf(credential);
  return output === null ? askPasskey(credentialId, salt) : { credentialId, output };
}
