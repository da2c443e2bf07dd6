import {
  createCipheriv,
  createECDH,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import type { SealText, Signer } from '../../../client/sync/ports.ts';

const keyObjects = new WeakMap<object, KeyObject>();

/** A phone's key with Node's own means, which answer at once: order stays the schedule's. */
export const simSigner: Signer = {
  makeKeys: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
    const handle = { type: 'private' };
    keyObjects.set(handle, privateKey);
    return Promise.resolve({ publicKey: point.toString('base64url'), privateKey: handle });
  },
  sign: (keys, text) => {
    const key = keyObjects.get(keys.privateKey as object);
    if (key === undefined) throw new Error('This key is no key of this phone.');
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
    return Promise.resolve(signature.toString('base64url'));
  },
};

/**
 * Seals to a chapter as shared/sync/seal-to-chapter does, written a second time out of the
 * document: what one side writes the other must open.
 */
export const simSeal: SealText = (text, chapterKey) => {
  const chapter = Buffer.from(chapterKey, 'base64url');
  const own = createECDH('prime256v1');
  const point = own.generateKeys();
  const secret = own.computeSecret(chapter);
  const salt = Buffer.concat([point, chapter]);
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'homeground seal 1', 32));
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return Promise.resolve(Buffer.concat([point, iv, sealed]).toString('base64url'));
};
