import { Type, type Static, type TString } from 'typebox';
import { strict } from './schema.ts';

const bytes = (most: number): TString =>
  Type.String({ minLength: 1, maxLength: most, pattern: '^[A-Za-z0-9_-]+$' });

/** The longest id of a credential is 1,023 bytes. */
const credentialId = bytes(1400);

/** What an authenticator answers when it is asked, each part in base64url. */
export const PasskeyAnswer = Type.Object(
  {
    id: credentialId,
    clientDataJSON: bytes(4000),
    authenticatorData: bytes(4000),
    signature: bytes(8000),
    /** Whose passkey it is: the bytes of the chapter's id, then those of the member's. */
    userHandle: Type.Optional(bytes(100)),
  },
  strict,
);
export type PasskeyAnswer = Static<typeof PasskeyAnswer>;

/** `POST /v1/passkeys`: a new passkey, and what its owner calls it. */
export const PasskeyMade = Type.Object(
  {
    id: credentialId,
    clientDataJSON: bytes(4000),
    attestationObject: bytes(20_000),
    transports: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
  },
  strict,
);
export type PasskeyMade = Static<typeof PasskeyMade>;

export const PasskeyId = Type.Object({ id: credentialId }, strict);

/** `POST /v1/sign-in/code`: the chapter's short name and one of the printed codes. */
export const RecoveryEntry = Type.Object(
  {
    chapter: Type.String({ minLength: 1, maxLength: 60 }),
    code: Type.String({ minLength: 1, maxLength: 60 }),
  },
  strict,
);
export type RecoveryEntry = Static<typeof RecoveryEntry>;

/** One of the member's own passkeys. Times in ms since 1970. */
export interface PasskeyListed {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** `GET /v1/passkeys`: what the member can come in with. */
export interface MyPasskeys {
  readonly passkeys: readonly PasskeyListed[];
  readonly codes: {
    readonly left: number;
    /** When they were printed; null when there are none. */
    readonly madeAt: number | null;
  };
}

/** `POST /v1/recovery-codes`: told once. */
export interface RecoveryCodes {
  readonly codes: readonly string[];
  readonly madeAt: number;
}

/** A passkey that the browser may ask for, or must not make again. */
export interface PasskeyHint {
  readonly id: string;
  readonly transports: readonly string[];
}

/** What a browser needs to ask for a passkey; no hints: whichever it has for this server. */
export interface AskPasskey {
  readonly challenge: string;
  readonly rpId: string;
  readonly passkeys: readonly PasskeyHint[];
}

/** What a browser needs to make one. */
export interface MakePasskey {
  readonly challenge: string;
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly known: readonly PasskeyHint[];
}
