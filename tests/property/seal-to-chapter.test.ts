import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '#shared/kernel/base64url.ts';
import {
  openSealed,
  prepareSeal,
  type SealKey,
  sealToChapter,
} from '#shared/sync/seal-to-chapter.ts';

const { subtle } = webcrypto;

async function makeChapterKeys(): Promise<{ chapterKey: string; privateKey: SealKey }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  return {
    chapterKey: toBase64url(new Uint8Array(spki.subarray(-65))),
    privateKey: await subtle.importKey('pkcs8', pkcs8, curve, false, ['deriveBits']),
  };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (plain: Uint8Array | null) => plain && new TextDecoder().decode(plain);
const seal = (chapterKey: string, plain: string) =>
  sealToChapter(subtle, chapterKey, bytes(plain), webcrypto.getRandomValues(new Uint8Array(12)));

test('what was sealed opens for the chapter, whatever its length', async () => {
  const { chapterKey, privateKey } = await makeChapterKeys();
  for (const plain of ['', 'a', 'Añil ✊', 'x'.repeat(70_000)]) {
    const sealed = await seal(chapterKey, plain);
    expect(text(await openSealed(subtle, chapterKey, privateKey, sealed))).toBe(plain);
  }
});

test('what was made ready ahead seals one message, and no second one', async () => {
  const { chapterKey, privateKey } = await makeChapterKeys();
  const once = await prepareSeal(subtle, chapterKey);
  const iv = () => webcrypto.getRandomValues(new Uint8Array(12));
  const sealed = await once(bytes('a fact'), iv());
  expect(text(await openSealed(subtle, chapterKey, privateKey, sealed))).toBe('a fact');
  await expect(once(bytes('another'), iv())).rejects.toThrow(RangeError);
});

test('it opens for no other chapter', async () => {
  const [ours, theirs] = [await makeChapterKeys(), await makeChapterKeys()];
  const sealed = await seal(ours.chapterKey, 'a fact');
  expect(await openSealed(subtle, theirs.chapterKey, theirs.privateKey, sealed)).toBeNull();
  expect(await openSealed(subtle, theirs.chapterKey, ours.privateKey, sealed)).toBeNull();
});

test('any changed or missing byte is noticed', async () => {
  const { chapterKey, privateKey } = await makeChapterKeys();
  const whole = fromBase64url(await seal(chapterKey, 'a fact'));
  if (whole === null) throw new Error('not base64url');
  for (const at of [0, 1, 64, 65, 76, 77, whole.length - 1]) {
    const bent = whole.slice();
    bent[at] = (bent[at] ?? 0) ^ 1;
    expect(await openSealed(subtle, chapterKey, privateKey, toBase64url(bent))).toBeNull();
  }
  for (const length of [0, 64, 76, 92, whole.length - 1]) {
    const cut = toBase64url(whole.slice(0, length));
    expect(await openSealed(subtle, chapterKey, privateKey, cut)).toBeNull();
  }
  expect(await openSealed(subtle, chapterKey, privateKey, 'not base64url!')).toBeNull();
});

test('the same fact sealed twice looks different each time', async () => {
  const { chapterKey } = await makeChapterKeys();
  expect(await seal(chapterKey, 'a fact')).not.toBe(await seal(chapterKey, 'a fact'));
});

test('nothing is sealed to a key that is none', async () => {
  await expect(seal('AAAA', 'a fact')).rejects.toThrow();
  await expect(seal(toBase64url(new Uint8Array(65)), 'a fact')).rejects.toThrow();
});
