import type { PasskeyMade } from '#shared/model/passkey.ts';
import type { RelyingParty } from './relying-party.ts';

/** A passkey as it came from the browser, proven to be for us. */
export interface NewPasskey {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** ECDSA on P-256, Ed25519, and RSA for older Windows: what every browser makes one of. */
export const ALGORITHMS = [-7, -8, -257];

/** The new passkey, when it answers this challenge with its owner verified; null for anything else. */
export async function checkMade(
  made: PasskeyMade,
  challenge: string,
  party: RelyingParty,
): Promise<NewPasskey | null> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { id, clientDataJSON, attestationObject, transports } = made;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified || registrationInfo.credential.id !== id) return null;
    const { publicKey, counter } = registrationInfo.credential;
    return { id, publicKey, counter, transports };
  } catch {
    return null;
  }
}
