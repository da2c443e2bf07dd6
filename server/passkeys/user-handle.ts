import { isUuid, type ChapterId, type MemberId } from '#shared/kernel/ids.ts';

/** Whose passkey it is. */
export interface PasskeyOwner {
  readonly chapterId: ChapterId;
  readonly memberId: MemberId;
}

const toBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

function toUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/**
 * The user handle of a passkey: 16 bytes of the chapter's id, then 16 of the member's. It comes back
 * with every answer, so that a sign-in page of many chapters need not ask which one is meant.
 */
export function writeUserHandle({ chapterId, memberId }: PasskeyOwner): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat([toBytes(chapterId), toBytes(memberId)]));
}

/** Whose passkey says so, base64url; null when it is none of ours. Its signature is checked later. */
export function readUserHandle(text: string | undefined): PasskeyOwner | null {
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (bytes.length !== 32) return null;
  const [chapterId, memberId] = [toUuid(bytes.subarray(0, 16)), toUuid(bytes.subarray(16))];
  if (!isUuid(chapterId) || !isUuid(memberId)) return null;
  return { chapterId: chapterId as ChapterId, memberId: memberId as MemberId };
}
