import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { AskPasskey, MakePasskey, PasskeyAnswer, PasskeyMade } from '#shared/model/passkey.ts';

/** What a careless or hostile authenticator does differently. */
export interface Twist {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly verified?: boolean;
  readonly present?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly spoilSignature?: boolean;
}

const ORIGIN = 'http://localhost:8080';

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** CBOR heads (RFC 8949): major type and length, up to 65,535. */
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
const cborBytes = (bytes: Uint8Array): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const cborText = (text: string): Buffer =>
  Buffer.concat([head(3, Buffer.byteLength(text)), Buffer.from(text)]);
const cborInt = (n: number): Buffer => (n >= 0 ? head(0, n) : head(1, -1 - n));

function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
}

/** A passkey in software: P-256, with a counter, made and shown as a browser would. */
export class SoftwarePasskey {
  readonly id: string;
  counter = 0;
  #userHandle = '';
  readonly #private: KeyObject;
  readonly #cose: Buffer;

  constructor(seed: number) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#private = privateKey;
    this.id = sha256(`credential ${seed}`).toString('base64url');
    // COSE: kty EC2, alg ES256, crv P-256, x, y.
    const pairs: [number, Buffer][] = [
      [1, cborInt(2)],
      [3, cborInt(-7)],
      [-1, cborInt(1)],
      [-2, cborBytes(Buffer.from(x, 'base64url'))],
      [-3, cborBytes(Buffer.from(y, 'base64url'))],
    ];
    this.#cose = Buffer.concat([
      head(5, pairs.length),
      ...pairs.map(([key, value]) => Buffer.concat([cborInt(key), value])),
    ]);
  }

  #clientData(type: string, challenge: string, twist: Twist): Buffer {
    const said = {
      type: twist.type ?? type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? ORIGIN,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(said));
  }

  #authData(rpId: string, twist: Twist, attested: boolean): Buffer {
    const { verified = true, present = true } = twist;
    const flags = (present ? 1 : 0) | (verified ? 4 : 0) | (attested ? 64 : 0);
    const counter = twist.counter ?? this.counter;
    const base = [sha256(twist.rpId ?? rpId), Buffer.from([flags]), u32(counter)];
    if (!attested) return Buffer.concat(base);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    return Buffer.concat([...base, Buffer.alloc(16), length, id, this.#cose]);
  }

  make({ challenge, rp, user }: MakePasskey, name: string, twist: Twist = {}): PasskeyMade {
    this.#userHandle = user.id;
    const authData = this.#authData(rp.id, twist, true);
    const attestation = Buffer.concat([
      head(5, 3),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      head(5, 0),
      cborText('authData'),
      cborBytes(authData),
    ]);
    return {
      id: this.id,
      clientDataJSON: this.#clientData('webauthn.create', challenge, twist).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
      name,
    };
  }

  show({ challenge, rpId }: AskPasskey, twist: Twist = {}): PasskeyAnswer {
    this.counter += 1;
    const clientData = this.#clientData('webauthn.get', challenge, twist);
    const authData = this.#authData(rpId, twist, false);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.#private);
    if (twist.spoilSignature === true) signature[10] = (signature[10] ?? 0) ^ 1;
    return {
      id: this.id,
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: twist.userHandle ?? this.#userHandle,
    };
  }
}
