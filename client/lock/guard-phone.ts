import {
  isRightKey,
  keyOfPin,
  keyOfPrf,
  makeCheck,
  makeDeviceKey,
  PIN_DIGITS,
} from './guard-key.ts';
import type { Bytes } from './turf-key.ts';
import type { Vault } from './vault.ts';
import { countTry, isSpent, MOST_TRIES, waitBeforeTry } from './wrong-tries.ts';

/** Bytes of a guard's salt. */
const SALT = 32;

const makeSalt = (): Bytes => crypto.getRandomValues(new Uint8Array(SALT));

/** True of what may be a PIN: six digits or more, not all the same and not a row. */
export function isGoodPin(pin: string): boolean {
  if (!/^\d+$/.test(pin) || pin.length < PIN_DIGITS) return false;
  const steps = new Set(
    Array.from(pin.slice(1), (digit, at) => (10 + Number(digit) - Number(pin[at])) % 10),
  );
  const [step] = steps;
  return steps.size > 1 || (step !== 0 && step !== 1 && step !== 9);
}

/** From now on this PIN opens the phone's rows. */
export async function guardByPin(vault: Vault, pin: string): Promise<void> {
  const salt = makeSalt();
  const key = await keyOfPin(pin, salt, await vault.disk.readDeviceKey(makeDeviceKey));
  await vault.changeGuard({ kind: 'pin', salt, check: await makeCheck(key) }, key);
}

/** What a passkey computes of a salt, and who it is; made by `askPasskey` and `makePasskey`. */
export interface PasskeyAnswer {
  readonly credentialId: Bytes;
  readonly output: Bytes;
}

/** From now on this passkey opens the phone's rows. */
export async function guardByPasskey(
  vault: Vault,
  make: (salt: Bytes) => Promise<PasskeyAnswer>,
): Promise<void> {
  const salt = makeSalt();
  const { credentialId, output } = await make(salt);
  const key = await keyOfPrf(output, await vault.disk.readDeviceKey(makeDeviceKey));
  const check = await makeCheck(key);
  await vault.changeGuard({ kind: 'passkey', salt, check, credentialId }, key);
}

/** Nothing opens the rows after the app was closed: they come anew, over the network. */
export async function guardByNothing(vault: Vault): Promise<void> {
  const empty = new Uint8Array(0);
  await vault.changeGuard({ kind: 'none', salt: empty, check: empty }, null);
}

export type Unlocked =
  | { readonly is: 'open' }
  | { readonly is: 'wrong'; readonly left: number; readonly waitMs: number }
  | { readonly is: 'wait'; readonly waitMs: number }
  /** That was the last try. */
  | { readonly is: 'spent' };

/**
 * Tries a PIN. The try is counted on the disk before it is looked at, so that closing the app in
 * between saves none; after ten wrong ones in a row the turf's key is destroyed.
 */
export async function unlockByPin(vault: Vault, pin: string, now: number): Promise<Unlocked> {
  const { disk, guard } = vault;
  if (guard?.kind !== 'pin') return { is: 'open' };
  let waitMs = 0;
  let over = false;
  const tries = await disk.changeTries((before) => {
    waitMs = waitBeforeTry(before, now);
    over = isSpent(before);
    return waitMs > 0 || over ? before : countTry(before, now);
  });
  if (over) return spendAll(vault);
  if (waitMs > 0) return { is: 'wait', waitMs };
  const key = await keyOfPin(pin, guard.salt, await disk.readDeviceKey(makeDeviceKey));
  if (await isRightKey(key, guard.check)) {
    await disk.changeTries(() => ({ wrong: 0, triedAt: 0 }));
    await vault.open(key);
    return { is: 'open' };
  }
  if (isSpent(tries)) return spendAll(vault);
  return { is: 'wrong', left: MOST_TRIES - tries.wrong, waitMs: waitBeforeTry(tries, now) };
}

async function spendAll(vault: Vault): Promise<Unlocked> {
  await vault.spend();
  return { is: 'spent' };
}

/** Opens with a passkey; false when it is another one, or its lock has forgotten what it was. */
export async function unlockByPasskey(
  vault: Vault,
  ask: (credentialId: Bytes, salt: Bytes) => Promise<PasskeyAnswer>,
): Promise<boolean> {
  const { disk, guard } = vault;
  if (guard?.kind !== 'passkey' || guard.credentialId === undefined) return true;
  const { output } = await ask(guard.credentialId, guard.salt);
  const key = await keyOfPrf(output, await disk.readDeviceKey(makeDeviceKey));
  if (!(await isRightKey(key, guard.check))) return false;
  await vault.open(key);
  return true;
}
