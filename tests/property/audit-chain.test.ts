import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AUDIT_KINDS, type AuditEntry } from '#shared/model/audit.ts';
import { CHAIN_START, ChainCheck, linkEntry } from '#shared/privacy/audit-chain.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const said = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom(...AUDIT_KINDS),
  actor: fc.constant({ kind: 'operator' as const }),
  subject: fc.string(),
  details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.nat(), fc.boolean())),
});
const chains = fc.array(said, { minLength: 1, maxLength: 12 }).map((all) => {
  let before = CHAIN_START;
  return all.map((one, i): AuditEntry => {
    const entry = { ...one, seq: i + 1 };
    before = linkEntry(before, entry, sha256);
    return { ...entry, hash: before };
  });
});

function faultOf(chain: readonly AuditEntry[], head: { seq: number; hash: string }) {
  const check = new ChainCheck(sha256, [head]);
  for (const entry of chain) {
    const fault = check.take(entry);
    if (fault !== null) return fault;
  }
  return check.end();
}
const headOf = (chain: readonly AuditEntry[]) => {
  const last = chain.at(-1);
  return { seq: last?.seq ?? 0, hash: last?.hash ?? CHAIN_START };
};

test('a chain that nobody touched is whole', () => {
  fc.assert(
    fc.property(chains, (chain) => {
      expect(faultOf(chain, headOf(chain))).toBeNull();
    }),
  );
});

test('a changed, dropped or swapped entry is found, and one after the end too', () => {
  const pick = fc.tuple(chains, fc.nat(), fc.nat(), fc.constantFrom('change', 'drop', 'swap'));
  fc.assert(
    fc.property(pick, ([chain, i, j, how]) => {
      const head = headOf(chain);
      const [a, b] = [i % chain.length, j % chain.length];
      fc.pre(how !== 'swap' || a !== b);
      const bad = chain.map((entry, n) => {
        if (how === 'change' && n === a) return { ...entry, subject: `${entry.subject}!` };
        return (how === 'swap' && (n === a ? chain[b] : n === b ? chain[a] : entry)) || entry;
      });
      if (how === 'drop') bad.splice(a, 1);
      expect(faultOf(bad, head)).not.toBeNull();
    }),
  );
});

test('a chain that was made anew from one place on misses the head that was noted', () => {
  fc.assert(
    fc.property(chains, fc.nat(), (chain, n) => {
      let before = CHAIN_START;
      const from = n % chain.length;
      const forged = chain.map((entry, i) => {
        const { hash: _, ...rest } = entry;
        const told = i === from ? { ...rest, at: rest.at + 1 } : rest;
        before = linkEntry(before, told, sha256);
        return { ...told, hash: before };
      });
      expect(faultOf(forged, headOf(chain))?.fault).toBe('other-head');
    }),
  );
});
