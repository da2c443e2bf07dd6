import type { CSSProperties } from 'react';
import { Trans } from '@lingui/react/macro';
import type { LayerCounts } from '#shared/model/layer.ts';
import { useFormat } from '../../api/use-format.ts';

/** How the rows of a file divide: found, found with a small difference, ambiguous, not found, not readable. */
export function LayerBar({ counts }: { readonly counts: LayerCounts }) {
  const format = useFormat();
  const { byId, exact, tolerant, ambiguous, unmatched, rejected, repeated, erased } = counts;
  const parts = [
    { kind: 'id', count: byId, words: <Trans>by number</Trans> },
    { kind: 'exact', count: exact, words: <Trans>by name and address</Trans> },
    {
      kind: 'tolerant',
      count: tolerant,
      words: <Trans>by name and address, with a small difference</Trans>,
    },
    { kind: 'ambiguous', count: ambiguous, words: <Trans>not sure, left out</Trans> },
    { kind: 'unmatched', count: unmatched, words: <Trans>not found</Trans> },
    { kind: 'rejected', count: rejected, words: <Trans>not readable</Trans> },
    { kind: 'repeated', count: repeated, words: <Trans>on the list more than once</Trans> },
    { kind: 'repeated', count: erased, words: <Trans>erased people</Trans> },
  ].filter(({ count }) => count > 0);
  return (
    <div className="layer-shares">
      <div className="layer-bar" aria-hidden>
        {parts.map(({ kind, count }, at) => (
          <span key={at} data-kind={kind} style={{ '--share': count } as CSSProperties} />
        ))}
      </div>
      <ul role="list" className="layer-legend small">
        {parts.map(({ kind, count, words }, at) => (
          <li key={at}>
            <span className="layer-dot" data-kind={kind} aria-hidden />
            <strong>{format.number(count)}</strong> {words}
          </li>
        ))}
      </ul>
    </div>
  );
}
