import type { CSSProperties } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { DiffField } from '#shared/model/diff-fields.ts';
import type { RollDiff } from '#shared/model/roll.ts';
import { useFormat } from '../../api/use-format.ts';
import { fieldWords } from './compare-words.ts';

/** How often each field is another in those who changed or moved, most frequent first. */
export function CompareFields({ fields }: { readonly fields: RollDiff['fields'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const sorted = (Object.entries(fields) as [DiffField, number][]).sort(([, a], [, b]) => b - a);
  const most = sorted[0]?.[1] ?? 0;
  if (most === 0) return null;
  return (
    <section className="stack" aria-labelledby="compare-fields">
      <h3 id="compare-fields">
        <Trans>What is said differently</Trans>
      </h3>
      <ul role="list" className="compare-fields">
        {sorted.map(([field, people]) => (
          <li key={field}>
            <span>{t(fieldWords(field))}</span>
            <span className="compare-field-track" aria-hidden>
              <span style={{ '--part': people / most } as CSSProperties} />
            </span>
            <span className="number">{format.number(people)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
