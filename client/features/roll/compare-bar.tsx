import type { CSSProperties } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { RollDiff } from '#shared/model/roll.ts';
import { useFormat } from '../../api/use-format.ts';
import { COMPARED, COMPARED_WORDS } from './compare-words.ts';

/** The people of both rolls as one bar, with a number for each part of it. */
export function CompareBar({ counts }: { readonly counts: RollDiff['counts'] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <div className="stack">
      <div className="compare-bar" aria-hidden>
        {COMPARED.filter((kind) => counts[kind] > 0).map((kind) => (
          <span key={kind} data-kind={kind} style={{ '--share': counts[kind] } as CSSProperties} />
        ))}
      </div>
      <dl className="compare-counts">
        {COMPARED.map((kind) => (
          <div key={kind}>
            <dt>
              <span className="compare-swatch" data-kind={kind} aria-hidden />
              {t(COMPARED_WORDS[kind])}
            </dt>
            <dd className="number">{format.number(counts[kind])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
