import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import type { DeviceKeys } from '../../../client/store/outbox-store.ts';
import type { SealText } from '../../../client/store/seal-text.ts';
import type { Signer } from '../../../client/sync/ports.ts';

/** What a phone has in the place of a key that cannot be read: text, which a file can keep. */
interface Handle {
  readonly type: 'private';
  readonly pem: string;
}

const keyObjects = new WeakMap<Handle, KeyObject>();

/**
 * Making a key costs more than a request does. So many are made once in a process and handed out in
 * turn: far more than any schedule asks for, so that no two phones of one have the same.
 */
const KEYS = 512;
const made: DeviceKeys[] = [];
let given = 0;

/** A key of a phone that lasts as long as the process: never handed out again. */
export function makeOwnKeys(): DeviceKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const handle: Handle = { type: 'private', pem };
  keyObjects.set(handle, privateKey);
  return { publicKey: point.toString('base64url'), privateKey: handle };
}

function nextKeys(): DeviceKeys {
  const at = given % KEYS;
  given += 1;
  return (made[at] ??= makeOwnKeys());
}

function keyOf(handle: Handle): KeyObject {
  const key = keyObjects.get(handle) ?? createPrivateKey(handle.pem);
  keyObjects.set(handle, key);
  return key;
}

/** A phone's key with Node's own means, which answer at once: order stays the schedule's. */
export const simSigner: Signer = {
  makeKeys: () => Promise.resolve(nextKeys()),
  sign: (keys, text) => {
    const key = keyOf(keys.privateKey as Handle);
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
    return Promise.resolve(signature.toString('base64url'));
  },
};

interface Sealing {
  readonly point: Buffer;
  readonly key: Buffer;
}

/** So many seals to one chapter share the one-time key of the first of them. */
const SHARED = 200;
const sealings = new Map<string, { readonly sealing: Sealing; used: number }>();

function makeSealing(chapterKey: string): Sealing {
  const chapter = Buffer.from(chapterKey, 'base64url');
  const own = createECDH('prime256v1');
  const point = own.generateKeys();
  const secret = own.computeSecret(chapter);
  const salt = Buffer.concat([point, chapter]);
  return { point, key: Buffer.from(hkdfSync('sha256', secret, salt, 'homeground seal 1', 32)) };
}

function sealingFor(chapterKey: string): Sealing {
  const known = sealings.get(chapterKey);
  if (known !== undefined && known.used < SHARED) {
    known.used += 1;
    return known.sealing;
  }
  const sealing = makeSealing(chapterKey);
  sealings.set(chapterKey, { sealing, used: 1 });
  return sealing;
}

/**
 * Seals to a chapter as shared/sync/seal-to-chapter does, written a second time out of the
 * document: what one side writes the other must open.
 */
export const simSeal: SealText = (text, chapterKey) => {
  const { point, key } = sealingFor(chapterKey);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return Promise.resolve(Buffer.concat([point, iv, sealed]).toString('base64url'));
};
