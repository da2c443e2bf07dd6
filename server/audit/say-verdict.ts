import type { AuditFault } from '#shared/model/audit.ts';
import type { ChainVerdict } from './verify-chain.ts';

const FAULTS: Readonly<Record<AuditFault, string>> = {
  missing: 'is missing: it was dropped',
  changed: 'was changed, or added without the entries before it',
  swapped: 'stands at another’s place: entries were swapped',
  'cut-off': 'is missing, and all that followed it: the end was cut off',
  'other-head': 'is not the one that was signed or noted: the chain was written anew before it',
  'head-not-signed': 'has a signed head that the chapter’s key has not signed: it was forged',
};

/** One sentence for whoever runs the server. */
export function sayVerdict({ entries, head, fault }: ChainVerdict): string {
  if (fault === null) {
    return entries === 0
      ? 'The audit chain is whole and has no entry yet.'
      : `The audit chain is whole: ${entries} entries, the last with the hash ${head.hash}.`;
  }
  const kept = fault.seq > 1 ? ' What stands before it is as it was.' : '';
  return `The audit chain is broken: entry ${fault.seq} ${FAULTS[fault.fault]}.${kept}`;
}
