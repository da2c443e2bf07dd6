import { sayFactDamage } from '../store/damaged-facts.ts';
import { isGood, type VerifiedBackup } from './verify-backup.ts';

/** One sentence for whoever runs the server. */
export function sayVerified(verified: VerifiedBackup): string {
  const { facts, counts, damage, chain, sealed } = verified;
  const what = `${facts.facts} facts, ${facts.held} held ones, ${counts['voters'] ?? 0} voters, ${counts['members'] ?? 0} members`;
  const audit =
    chain === null ? 'it is older than the audit chain' : `${chain.entries} audit entries`;
  const how = sealed ? 'The key opens it' : 'It is NOT encrypted';
  if (isGood(verified)) {
    return `The backup of ${facts.name} is good. ${how}; ${what}; ${audit}; every fact is whole.`;
  }
  const faults: string[] = [];
  if (damage !== null) faults.push(sayFactDamage(damage));
  const fault = chain?.fault ?? null;
  if (fault !== null) {
    faults.push(`the audit chain breaks at entry ${fault.seq} (${fault.fault})`);
  }
  return `The backup of ${facts.name} is NOT good: ${faults.join('; ')}. ${how}; ${what}; ${audit}.`;
}
