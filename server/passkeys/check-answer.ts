import type { PasskeyAnswer } from '#shared/model/passkey.ts';
import type { RelyingParty } from './relying-party.ts';

/** What the server keeps of a passkey. */
export interface KnownPasskey {
  readonly id: string;
  readonly public_key: Uint8Array;
  readonly counter: number;
}

/** The challenge that an answer says it answers; null when it cannot be read. */
export function challengeIn({
  clientDataJSON,
}: {
  readonly clientDataJSON: string;
}): string | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    if (typeof said !== 'object' || said === null || !('challenge' in said)) return null;
    return typeof said.challenge === 'string' ? said.challenge : null;
  } catch {
    return null;
  }
}

/**
 * Whether this passkey signed this challenge for us, with its owner verified, and not as a copy of
 * it would. Gives the new counter, or null for anything else.
 */
export async function checkAnswer(
  answer: PasskeyAnswer,
  passkey: KnownPasskey,
  challenge: string,
  party: RelyingParty,
): Promise<number | null> {
  // Reading the library takes a quarter of a second, which only the first who signs in should wait.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { id, clientDataJSON, authenticatorData, signature } = answer;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: Uint8Array.from(passkey.public_key),
        counter: passkey.counter,
      },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // The library says by throwing what was wrong with it; whoever sent it learns nothing of that.
    return null;
  }
}
