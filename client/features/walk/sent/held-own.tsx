import { use } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { readOperation } from '#shared/sync/read-operation.ts';
import type { OutboxOp } from '../../../store/outbox-store.ts';
import { resultWords } from '../../../ui/result-words.ts';
import { addressLine } from '../address-words.ts';
import { PlaceBadge } from './place-badge.tsx';
import { placeOf } from './place-of.ts';
import { WalkContext } from '../walk-context.ts';

const SHOWN = 20;

/** What the chapter did not simply take: each with its door and what became of it. */
export function HeldOwn({ ops }: { readonly ops: readonly OutboxOp[] }) {
  const { t } = useLingui();
  const walk = use(WalkContext);
  const held = ops.filter((op) => op.result?.status === 'held').toReversed();
  if (held.length === 0) return null;
  const say = (op: OutboxOp): string => {
    const fact = readOperation(op.body);
    if (fact?.type !== 'knock') return op.type === 'knock' ? t`A knock` : t`Note`;
    const { outcome } = fact.payload;
    return outcome.kind === 'contact' ? t`A conversation` : t(resultWords[outcome.result]);
  };
  return (
    <section className="stack held-own" aria-labelledby="held-own">
      <h3 id="held-own">
        <Trans>Your chapter looked at these, or will</Trans>
      </h3>
      <ul role="list">
        {held.slice(0, SHOWN).map((op) => {
          const row = walk?.rowOf(op.doorId) ?? null;
          return (
            <li key={op.opId}>
              <span>
                {row !== null && <bdi>{addressLine(row.building, row.door.unit)}</bdi>}
                {row === null && walk !== null && <Trans>A door of another turf</Trans>}
                {walk === null && <Trans>A door of a turf that is no longer here</Trans>}
                {': '}
                {say(op)}
              </span>{' '}
              <span className="small">
                <PlaceBadge place={placeOf(op)} />
              </span>
            </li>
          );
        })}
      </ul>
      <p className="small quiet">
        <Trans>
          The chapter has them whole. Your coordinator decides where they belong; you need not do
          anything.
        </Trans>
      </p>
    </section>
  );
}
