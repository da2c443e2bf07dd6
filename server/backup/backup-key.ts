/** A pair of keys for backups: whoever holds the secret opens them, the server needs it for nothing. */
export interface BackupKey {
  /** `AGE-SECRET-KEY-1…`: told once, kept by the chapter on paper, never on the server. */
  readonly secret: string;
  /** `age1…`: what a backup is sealed to. */
  readonly recipient: string;
}

const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;
const SECRET = /AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/;

/** Loaded when a backup is made or opened: nobody else waits for it. */
export const loadAge = () => import('age-encryption');

/** A new pair (X25519, the age format of age-encryption.org/v1). */
export async function makeBackupKey(): Promise<BackupKey> {
  const age = await loadAge();
  const secret = await age.generateX25519Identity();
  return { secret, recipient: await age.identityToRecipient(secret) };
}

/** True for the public half of a key that any age program has made. */
export async function isRecipient(text: string): Promise<boolean> {
  if (!RECIPIENT.test(text)) return false;
  const { Encrypter } = await loadAge();
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** The secret in a text that was typed from paper or read from a key file; null when it has none. */
export function readSecretKey(text: string): string | null {
  const lines = text.split(/\r?\n/).filter((line) => !line.trimStart().startsWith('#'));
  return SECRET.exec(lines.join('').replaceAll(/\s/g, '').toUpperCase())?.[0] ?? null;
}

/** The public half that belongs to a secret; null when a letter of it is wrong. */
export async function recipientOf(secret: string): Promise<string | null> {
  const { identityToRecipient } = await loadAge();
  try {
    return await identityToRecipient(secret);
  } catch {
    return null;
  }
}
