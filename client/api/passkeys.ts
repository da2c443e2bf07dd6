import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser';
import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { Me } from '#shared/model/chapter.ts';
import type {
  AskPasskey,
  MakePasskey,
  MyPasskeys,
  PasskeyAnswer,
  PasskeyHint,
  PasskeyMade,
} from '#shared/model/passkey.ts';
import { callApi } from './call.ts';

type Transports = NonNullable<
  Parameters<typeof startAuthentication>[0]['optionsJSON']['allowCredentials']
>[number]['transports'];

/** Null: the person closed what the browser asked. */
export type Shown<T> = Result<T, Problem> | null;

/** True where this browser can make and show passkeys at this address. */
export const knowsPasskeys = (): boolean => window.isSecureContext && browserSupportsWebAuthn();

/** True where a field can offer passkeys by itself. */
export const offersPasskeys = (): Promise<boolean> => browserSupportsWebAuthnAutofill();

/** Takes back what the browser asks now. */
export const stopAsking = (): void => WebAuthnAbortService.cancelCeremony();

const toDescriptors = (hints: readonly PasskeyHint[]) =>
  hints.map(({ id, transports }) => ({
    id,
    type: 'public-key' as const,
    transports: [...transports] as Transports,
  }));

async function show(ask: AskPasskey, autofill: boolean): Promise<PasskeyAnswer | null> {
  try {
    const { id, response } = await startAuthentication({
      optionsJSON: {
        challenge: ask.challenge,
        rpId: ask.rpId,
        allowCredentials: toDescriptors(ask.passkeys),
        userVerification: 'required',
        timeout: 240_000,
      },
      useBrowserAutofill: autofill,
      verifyBrowserAutofillInput: false,
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = response;
    const said = { id, clientDataJSON, authenticatorData, signature };
    return userHandle === undefined ? said : { ...said, userHandle };
  } catch {
    // Browsers say the same of a person who closed it, a time that ran out and a key that is not here.
    return null;
  }
}

/** Signs in with a passkey; with `autofill` it waits quietly until one is picked in a field. */
export async function enterWithPasskey(autofill: boolean): Promise<Shown<Me>> {
  const ask = await callApi<AskPasskey>('POST', '/v1/sign-in/ask');
  if (!ask.ok) return ask;
  const shown = await show(ask.value, autofill);
  return shown === null ? null : callApi<Me>('POST', '/v1/sign-in/passkey', shown);
}

/** Shows the passkey again in a session that goes on. */
export async function showPasskey(): Promise<Shown<null>> {
  const ask = await callApi<AskPasskey>('POST', '/v1/passkeys/ask');
  if (!ask.ok) return ask;
  const shown = await show(ask.value, false);
  return shown === null ? null : callApi<null>('POST', '/v1/passkeys/asked', shown);
}

/** Makes a passkey for the member who is signed in, and gives all that they have. */
export async function makePasskey(name: string): Promise<Shown<MyPasskeys>> {
  const wish = await callApi<MakePasskey>('POST', '/v1/passkeys/new');
  if (!wish.ok) return wish;
  const { challenge, rp, user, known } = wish.value;
  try {
    const { id, response } = await startRegistration({
      optionsJSON: {
        challenge,
        rp,
        user,
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: toDescriptors(known),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
        timeout: 240_000,
      },
    });
    const made: PasskeyMade = {
      id,
      clientDataJSON: response.clientDataJSON,
      attestationObject: response.attestationObject,
      transports: response.transports ?? [],
      name,
    };
    return await callApi<MyPasskeys>('POST', '/v1/passkeys', made);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return null;
    return fail(problem(name === 'InvalidStateError' ? 'passkey-here' : 'passkey-unmade'));
  }
}
