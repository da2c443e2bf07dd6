import type { ChainHead } from '#shared/privacy/audit-chain.ts';
import type { SignedHead } from './sign-head.ts';

/** A head as one line, for paper, a letter or a file elsewhere. */
export function sayHead(slug: string, head: SignedHead): string {
  const signature = Buffer.from(head.signature).toString('base64url');
  const at = new Date(head.at).toISOString();
  return `${slug} audit ${head.seq} ${head.hash} ${at} ${signature}`;
}

/** The head in a text that `sayHead` gave, or that names a number and a hash; null when none is. */
export function readHeadText(text: string): ChainHead | null {
  const [, seq, hash] = /(?:^|\s)([0-9]{1,15})\s+([0-9a-f]{64})(?:\s|$)/.exec(text) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}
