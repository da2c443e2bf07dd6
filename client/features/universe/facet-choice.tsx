import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Facet } from '#shared/model/universe.ts';
import { useFormat } from '../../api/use-format.ts';
import { ChooseMany } from '../../ui/choice.tsx';

/** Above this many a list gets a field to search it by. */
const MANY = 12;
/** So many are shown at once; more are found by searching. */
const SHOWN = 60;
/** Words longer than this, in letters, get a line of their own. */
const LONG = 10;

export interface FacetChoiceProps {
  readonly legend: string;
  readonly values: readonly (Pick<Facet, 'value'> & {
    readonly label?: string;
    readonly people?: number;
  })[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Values to choose from, most frequent first, with a search where there are many. */
export function FacetChoice({ legend, values, chosen, onChange }: FacetChoiceProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [sought, setSought] = useState('');
  const words = sought.trim().toLowerCase();
  // What was chosen stays in sight whatever is sought, also when the roll has it no more.
  const gone = chosen.filter((value) => values.every((one) => one.value !== value));
  const named = [...values, ...gone.map((value) => ({ value, people: 0 }))].map((one) => {
    const label = 'label' in one && one.label !== undefined ? one.label : one.value;
    const { people } = one;
    return {
      value: one.value,
      label: label === '' ? t`none given` : label,
      ...(people !== undefined && { count: format.number(people) }),
    };
  });
  const found = named.filter(
    ({ value, label }) => chosen.includes(value) || label.toLowerCase().includes(words),
  );
  const shown = found.filter(({ value }, at) => at < SHOWN || chosen.includes(value));
  const left = found.length - shown.length;
  return (
    <div className="stack universe-facet">
      {values.length > MANY && (
        <input
          className="input"
          type="search"
          aria-label={t`Search in ${legend}`}
          placeholder={t`Search ${format.number(values.length)}`}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <div
        className="universe-options"
        data-long={named.some(({ label }) => label.length > LONG) ? '' : undefined}
      >
        <ChooseMany
          legend={legend}
          options={shown}
          value={chosen}
          onChange={(next) => {
            // Those beyond what is shown stay chosen.
            const seen = new Set(shown.map(({ value }) => value));
            onChange([...chosen.filter((value) => !seen.has(value)), ...next]);
          }}
        />
      </div>
      {left > 0 && (
        <p className="small quiet">{t`${format.number(left)} more: search for them.`}</p>
      )}
    </div>
  );
}
