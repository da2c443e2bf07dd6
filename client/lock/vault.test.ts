import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import type { TurfId } from '#shared/kernel/ids.ts';
import { shutBox } from '../sync/handed-box.ts';
import { isRightKey, keyOfPin, makeCheck, makeDeviceKey } from './guard-key.ts';
import {
  guardByNothing,
  guardByPasskey,
  guardByPin,
  isGoodPin,
  unlockByPasskey,
  unlockByPin,
} from './guard-phone.ts';
import { LockDisk } from './lock-disk.ts';
import type { TabWire, WireWord } from './tab-wire.ts';
import { importTurfKey } from './turf-key.ts';
import { Vault } from './vault.ts';
import { MOST_TRIES, waitBeforeTry } from './wrong-tries.ts';

const TURF = 'turf-1' as TurfId;
const PIN = '482915';
const HOUR = 3_600_000;

function makeBrowser() {
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  return { start: (wire?: TabWire) => new Vault(new LockDisk(source), wire ?? null) };
}

/** A phone with a turf behind a PIN, and something shut under its key. */
async function makeGuarded() {
  const browser = makeBrowser();
  const vault = browser.start();
  const key = await vault.take(TURF);
  const box = await key.shut('Io Ray, 12 Oak St');
  await guardByPin(vault, PIN);
  return { ...browser, vault, box };
}

test('a text opens under its own key alone, and no two boxes of it are alike', async () => {
  const raw = new Uint8Array(32).fill(7);
  const [key, same, other] = await Promise.all([
    importTurfKey(TURF, raw),
    importTurfKey(TURF, raw),
    importTurfKey(TURF, new Uint8Array(32).fill(8)),
  ]);
  const [one, two] = await Promise.all([key.shut('Io Ray'), key.shut('Io Ray')]);
  expect(await same.open(one)).toBe('Io Ray');
  expect(await other.open(one)).toBeNull();
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
  const bent = Uint8Array.from(one);
  bent[20] = (bent[20] ?? 0) ^ 1;
  expect(await key.open(bent)).toBeNull();
  const elsewhere = await importTurfKey('turf-2' as TurfId, raw);
  expect(await elsewhere.open(one)).toBeNull();
  expect(await key.nameOf('door')).toBe(await same.nameOf('door'));
  expect(await key.nameOf('door')).not.toBe(await other.nameOf('door'));
});

test('a PIN and the letters of a turf that is handed over cost 600,000 rounds each', async () => {
  const [bits, key] = [vi.spyOn(crypto.subtle, 'deriveBits'), vi.spyOn(crypto.subtle, 'deriveKey')];
  const rounds = { name: 'PBKDF2', hash: 'SHA-256', iterations: 600_000 };
  await keyOfPin(PIN, new Uint8Array(32), await makeDeviceKey());
  expect(bits.mock.calls.map(([how]) => how)).toMatchObject([rounds]);
  key.mockClear();
  await shutBox('Io Ray, 12 Oak St', 'ABCDEFGHJK');
  expect(key.mock.calls.map(([how]) => how)).toMatchObject([rounds]);
  bits.mockRestore();
  key.mockRestore();
});

test('no key of the lock can be read out, and the PIN alone opens nothing without the browser’s own', async () => {
  const salt = new Uint8Array(32);
  const [here, there] = await Promise.all([makeDeviceKey(), makeDeviceKey()]);
  const key = await keyOfPin(PIN, salt, here, 10);
  const check = await makeCheck(key);
  expect(await isRightKey(await keyOfPin(PIN, salt, here, 10), check)).toBe(true);
  expect(await isRightKey(await keyOfPin(PIN, salt, there, 10), check)).toBe(false);
  for (const one of [here, key]) {
    await expect(crypto.subtle.exportKey('raw', one)).rejects.toThrow();
  }
});

test('a row of digits is no PIN', () => {
  expect(['12345', '111111', '123456', '987654', 'abcdef', '890123', ''].filter(isGoodPin)).toEqual(
    [],
  );
  expect(['482915', '112233', '0000001'].every(isGoodPin)).toBe(true);
});

test('after a pause the right PIN opens what was there, and the wrong one nothing', async () => {
  const { vault, box, start } = await makeGuarded();
  expect(vault.read()).toMatchObject({ state: 'open', guard: 'pin' });
  vault.lock();
  expect(await vault.find()).toBeNull();
  const again = start();
  expect(await again.isLocked()).toBe(true);
  expect(await unlockByPin(again, '482916', 0)).toMatchObject({ is: 'wrong', left: 9 });
  expect(await again.find()).toBeNull();
  expect(await unlockByPin(again, PIN, 0)).toEqual({ is: 'open' });
  expect(await (await again.find())?.open(box)).toBe('Io Ray, 12 Oak St');
});

test('ten wrong PINs in a row destroy the key, however often the app is started between', async () => {
  const { start, box } = await makeGuarded();
  let now = HOUR;
  for (let wrong = 1; wrong < MOST_TRIES; wrong++) {
    const vault = start();
    await vault.ready();
    expect(await unlockByPin(vault, '000000', now)).toMatchObject({ left: MOST_TRIES - wrong });
    now += HOUR;
  }
  const last = start();
  await last.ready();
  expect(await unlockByPin(last, '000000', now)).toEqual({ is: 'spent' });
  expect(last.read()).toMatchObject({ spent: true, state: 'locked' });
  const after = start();
  await after.ready();
  expect(await after.isSpent()).toBe(true);
  expect(await unlockByPin(after, PIN, now + HOUR)).toEqual({ is: 'spent' });
  expect(await after.disk.readTurf()).toBeNull();
  expect(await (await after.find())?.open(box)).toBeUndefined();
});

test('a try counts although the app is closed before it is looked at', async () => {
  const { start } = await makeGuarded();
  const vault = start();
  await vault.ready();
  const { disk } = vault;
  // The count is on the disk at the moment at which the browser's own key is asked for.
  const seen: number[] = [];
  const readDeviceKey = disk.readDeviceKey.bind(disk);
  disk.readDeviceKey = async (make) => {
    seen.push((await start().disk.readTries()).wrong);
    return readDeviceKey(make);
  };
  await unlockByPin(vault, '000000', 0);
  expect(seen).toEqual([1]);
});

test('the right PIN in between begins the count anew', async () => {
  const { start } = await makeGuarded();
  const vault = start();
  await vault.ready();
  for (let i = 0; i < 3; i++) await unlockByPin(vault, '000000', i * HOUR);
  await unlockByPin(vault, PIN, 9 * HOUR);
  vault.lock();
  expect(await unlockByPin(vault, '000000', 20 * HOUR)).toMatchObject({ left: 9 });
});

test('the wait between tries grows, and neither clock trick makes it longer or saves a try', async () => {
  const waits = Array.from({ length: MOST_TRIES }, (_, wrong) =>
    waitBeforeTry({ wrong, triedAt: 0 }, 0),
  );
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.at(-1)).toBeGreaterThan(5 * 60_000);
  expect(waitBeforeTry({ wrong: 5, triedAt: 10 * HOUR }, 0)).toBe(waits[5]);
  const { start } = await makeGuarded();
  const vault = start();
  await vault.ready();
  for (let i = 0; i < 4; i++) await unlockByPin(vault, '000000', i * HOUR);
  expect(await unlockByPin(vault, PIN, 3 * HOUR + 1)).toMatchObject({ is: 'wait' });
  expect((await vault.disk.readTries()).wrong).toBe(4);
});

test('skipped: the key lives in memory alone, and nothing of it is on the disk', async () => {
  const { start } = makeBrowser();
  const vault = start();
  const box = await (await vault.take(TURF)).shut('Io Ray');
  await guardByNothing(vault);
  expect(await (await vault.find())?.open(box)).toBe('Io Ray');
  expect(await vault.disk.readTurf()).toBeNull();
  vault.lock();
  expect(await vault.find()).not.toBeNull();
  const again = start();
  expect(await again.isLocked()).toBe(false);
  expect(await again.find()).toBeNull();
});

test('a passkey opens by what it computes of this phone’s salt, and by nothing else', async () => {
  const { start } = makeBrowser();
  const credentialId = new Uint8Array([1, 2, 3]);
  const compute = async (salt: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', salt));
  const vault = start();
  const box = await (await vault.take(TURF)).shut('Io Ray');
  await guardByPasskey(vault, async (salt) => ({ credentialId, output: await compute(salt) }));
  vault.lock();
  const again = start();
  await again.ready();
  const other = () => Promise.resolve({ credentialId, output: new Uint8Array(32) });
  expect(await unlockByPasskey(again, other)).toBe(false);
  const right = async (id: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>) => ({
    credentialId: id,
    output: await compute(salt),
  });
  expect(await unlockByPasskey(again, right)).toBe(true);
  expect(await (await again.find())?.open(box)).toBe('Io Ray');
});

test('nobody chooses another PIN while it is locked, but whoever has just brought a new list', async () => {
  const { start } = await makeGuarded();
  const vault = start();
  await vault.ready();
  await expect(guardByPin(vault, '735102')).rejects.toThrow('locked');
  const key = await vault.take('turf-2' as TurfId);
  const box = await key.shut('new');
  expect(await vault.find()).toBeNull();
  await guardByPin(vault, '735102');
  vault.lock();
  expect(await unlockByPin(vault, '735102', 0)).toEqual({ is: 'open' });
  expect(await (await vault.find())?.open(box)).toBe('new');
});

test('a list that came while it was locked opens with the old PIN, and stays open to it', async () => {
  const { start } = await makeGuarded();
  const vault = start();
  await vault.ready();
  const box = await (await vault.take('turf-2' as TurfId)).shut('new');
  await unlockByPin(vault, PIN, 0);
  vault.lock();
  const again = start();
  await again.ready();
  await unlockByPin(again, PIN, 0);
  expect(await (await again.find())?.open(box)).toBe('new');
});

test('another PIN opens the same list, and the old one does not', async () => {
  const { vault, start, box } = await makeGuarded();
  await guardByPin(vault, '735102');
  const again = start();
  await again.ready();
  expect(await unlockByPin(again, PIN, 0)).toMatchObject({ is: 'wrong' });
  expect(await unlockByPin(again, '735102', 0)).toEqual({ is: 'open' });
  expect(await (await again.find())?.open(box)).toBe('Io Ray, 12 Oak St');
});

/** Tabs on one wire. */
function makeTabs() {
  const hearers: { hear: (word: WireWord) => void; tab: number }[] = [];
  let tabs = 0;
  let holding = 0;
  return (): TabWire => {
    const tab = tabs++;
    let has = false;
    return {
      post: (word) => {
        for (const { hear, tab: other } of hearers) if (other !== tab) hear(word);
      },
      listen: (hear) => void hearers.push({ hear, tab }),
      othersHold: () => Promise.resolve(holding > 0),
      hold: (now) => {
        if (now !== has) holding += now ? 1 : -1;
        has = now;
      },
    };
  };
}

test('what one tab opens, locks or destroys is open, locked or destroyed in all', async () => {
  const { start } = makeBrowser();
  const wire = makeTabs();
  const one = start(wire());
  const box = await (await one.take(TURF)).shut('Io Ray');
  await guardByPin(one, PIN);
  const two = start(wire());
  expect(await (await two.find())?.open(box)).toBe('Io Ray');
  two.lock();
  expect(await one.find()).toBeNull();
  await unlockByPin(two, PIN, 0);
  expect(await (await one.find())?.open(box)).toBe('Io Ray');
  await one.destroy();
  expect(await two.find()).toBeNull();
  expect(await two.isLocked()).toBe(false);
});

test('a lock whose database the browser has closed opens all the same', async () => {
  const { start, box } = await makeGuarded();
  const vault = start();
  await vault.ready();
  vault.disk.close();
  expect(await unlockByPin(vault, PIN, HOUR)).toEqual({ is: 'open' });
  expect(await (await vault.find())?.open(box)).toBe('Io Ray, 12 Oak St');
});
