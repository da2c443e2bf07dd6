import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { UniverseFacets, FirstQuestion } from '#shared/model/universe.ts';
import { useFormat } from '../../api/use-format.ts';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { LayerQuestions } from './layer-questions.tsx';

export interface QuestionFormProps {
  readonly facets: UniverseFacets;
  readonly question: FirstQuestion;
  readonly onChange: (question: FirstQuestion) => void;
}

/** Above this many a list gets a field to search it by. */
const MANY = 12;
/** Words longer than this, in letters, get a line of their own. */
const LONG = 10;

/** Who: each answer narrows the people further, and an empty one means any. */
export function QuestionForm({ facets, question, onChange }: QuestionFormProps) {
  const { t } = useLingui();
  const change = (part: Partial<FirstQuestion>): void => onChange({ ...question, ...part });
  return (
    <div className="stack universe-form">
      <Facet
        legend={t`Party`}
        values={facets.parties}
        chosen={question.parties}
        onChange={(parties) => change({ parties })}
      />
      <fieldset>
        <legend className="choice-legend">
          <Trans>Age</Trans>
        </legend>
        <div className="universe-ages">
          <AgeField
            label={t`From`}
            value={question.minAge}
            onChange={(minAge) => change({ minAge })}
          />
          <AgeField
            label={t`To`}
            value={question.maxAge}
            onChange={(maxAge) => change({ maxAge })}
          />
        </div>
        {question.minAge !== null &&
          question.maxAge !== null &&
          question.minAge > question.maxAge && (
            <p
              className="field-error"
              role="alert"
            >{t`Nobody is older than ${question.minAge} and younger than ${question.maxAge}. Swap the two.`}</p>
          )}
      </fieldset>
      <Facet
        legend={t`Precinct`}
        values={facets.precincts}
        chosen={question.precincts}
        onChange={(precincts) => change({ precincts })}
      />
      <LayerQuestions
        facets={facets.layers ?? []}
        filters={question.layers ?? []}
        onChange={(layers) => change({ layers })}
      />
      {facets.elections.length > 0 && (
        <div className="stack universe-voted">
          <Facet
            legend={t`Voted in`}
            values={facets.elections}
            chosen={question.elections}
            onChange={(elections) =>
              change({
                elections,
                votedAtLeast: Math.max(1, Math.min(question.votedAtLeast, elections.length)),
              })
            }
          />
          {question.elections.length > 1 && (
            <SelectField
              label={t`In how many of these ${question.elections.length}`}
              value={question.votedAtLeast}
              onChange={(event) => change({ votedAtLeast: Number(event.target.value) })}
            >
              {question.elections.map((election, at) => (
                <option key={election} value={at + 1}>
                  {at + 1 === question.elections.length ? t`in all of them` : t`at least ${at + 1}`}
                </option>
              ))}
            </SelectField>
          )}
        </div>
      )}
    </div>
  );
}

interface FacetProps {
  readonly legend: string;
  readonly values: readonly {
    readonly value: string;
    readonly label?: string;
    readonly people: number;
  }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

function Facet({ legend, values, chosen, onChange }: FacetProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [sought, setSought] = useState('');
  if (values.length === 0) return null;
  const words = sought.trim().toLowerCase();
  const named = values.map(({ value, label = value, people }) => ({
    value,
    label: label === '' ? t`none given` : label,
    count: format.number(people),
  }));
  const isLong = named.some(({ label }) => label.length > LONG);
  // What is chosen stays in sight whatever is sought, so that no choice is made unseen.
  const shown = named.filter(
    ({ value, label }) => chosen.includes(value) || label.toLowerCase().includes(words),
  );
  return (
    <div className="stack universe-facet">
      <div className="universe-options" data-long={isLong ? '' : undefined}>
        <ChooseMany
          legend={legend}
          options={shown}
          value={chosen}
          onChange={(next) => onChange(next)}
        />
      </div>
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
    </div>
  );
}

interface AgeFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (age: number | null) => void;
}

function AgeField({ label, value, onChange }: AgeFieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={label}
      type="number"
      inputMode="numeric"
      min={0}
      max={130}
      placeholder={t`any`}
      value={value ?? ''}
      onChange={(event) => {
        const age = Math.round(event.target.valueAsNumber);
        onChange(Number.isNaN(age) ? null : Math.max(0, Math.min(130, age)));
      }}
    />
  );
}
