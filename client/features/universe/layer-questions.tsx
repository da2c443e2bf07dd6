import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import type { LayerFacet, LayerFilter } from '#shared/model/layer.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';

export interface LayerQuestionsProps {
  readonly facets: readonly LayerFacet[];
  readonly filters: readonly LayerFilter[];
  readonly onChange: (filters: LayerFilter[]) => void;
}

const keyOf = ({ layer, column }: Pick<LayerFilter, 'layer' | 'column'>): string =>
  `${layer} ${column}`;

const nameOf = ({ layerName, name, column }: LayerFacet): string =>
  column === 0 ? layerName : `${layerName}: ${name}`;

/** Questions about the chapter's own layers: each that is added narrows the people further. */
export function LayerQuestions({ facets, filters, onChange }: LayerQuestionsProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState('');
  const asked = new Set(filters.map(keyOf));
  const free = facets.filter((facet) => !asked.has(keyOf(facet)));
  if (facets.length === 0 && filters.length === 0) return null;
  const add = (key: string): void => {
    const facet = free.find((one) => keyOf(one) === key);
    setChosen('');
    if (facet === undefined) return;
    const { layer, column } = facet;
    onChange([...filters, { layer, column, not: false, min: null, max: null, words: [] }]);
  };
  const change = (filter: LayerFilter, part: Partial<LayerFilter>): void =>
    onChange(filters.map((one) => (keyOf(one) === keyOf(filter) ? { ...one, ...part } : one)));
  return (
    <fieldset className="stack universe-layers">
      <legend className="choice-legend">
        <Trans>Own layers</Trans>
      </legend>
      {filters.map((filter) => (
        <LayerQuestion
          key={keyOf(filter)}
          facet={facets.find((facet) => keyOf(facet) === keyOf(filter)) ?? null}
          filter={filter}
          onChange={(part) => change(filter, part)}
          onRemove={() => onChange(filters.filter((one) => one !== filter))}
        />
      ))}
      {filters.some((filter) =>
        facets.some((one) => one.members && keyOf(one) === keyOf(filter)),
      ) && (
        <p className="quiet">
          <Trans>
            Coordinators may not read the list of members, but once this universe is saved they see
            its doors and cut turf from them.
          </Trans>
        </p>
      )}
      {free.length > 0 && (
        <SelectField
          label={t`Ask for a layer`}
          value={chosen}
          onChange={(event) => add(event.target.value)}
        >
          <option value="">{t`Choose`}</option>
          {free.map((facet) => (
            <option key={keyOf(facet)} value={keyOf(facet)}>
              {nameOf(facet)}
            </option>
          ))}
        </SelectField>
      )}
    </fieldset>
  );
}

interface LayerQuestionProps {
  /** Null: a layer that is gone, or that is not this member's to read. */
  readonly facet: LayerFacet | null;
  readonly filter: LayerFilter;
  readonly onChange: (part: Partial<LayerFilter>) => void;
  readonly onRemove: () => void;
}

function LayerQuestion({ facet, filter, onChange, onRemove }: LayerQuestionProps) {
  const { t } = useLingui();
  const format = useFormat();
  const name = facet === null ? t`A list that you may not read` : nameOf(facet);
  return (
    <div className="universe-layer stack">
      <div className="row row-apart">
        <strong className="universe-layer-name">{name}</strong>
        <Button
          variant="quiet"
          icon={<IconX size={18} aria-hidden />}
          aria-label={t`Do not ask for ${name}`}
          onClick={onRemove}
        >{t`Remove`}</Button>
      </div>
      <Segmented<'is' | 'not'>
        label={t`Whether they are`}
        options={[
          { value: 'is', label: t`is` },
          { value: 'not', label: t`is not` },
        ]}
        value={filter.not ? 'not' : 'is'}
        onChange={(value) => onChange({ not: value === 'not' })}
      />
      {facet?.kind === 'number' && facet.range !== null && (
        <div className="universe-ages">
          <Bound
            label={t`From`}
            hint={format.number(facet.range.least)}
            value={filter.min}
            onChange={(min) => onChange({ min })}
          />
          <Bound
            label={t`To`}
            hint={format.number(facet.range.most)}
            value={filter.max}
            onChange={(max) => onChange({ max })}
          />
        </div>
      )}
      {facet !== null && facet.column > 0 && facet.words.length > 0 && (
        <ChooseMany
          legend={name}
          hideLegend
          options={facet.words.map(({ value, people }) => ({
            value,
            label: facet.kind === 'yes-no' ? (value === 'yes' ? t`yes` : t`no`) : value,
            count: format.number(people),
          }))}
          value={filter.words}
          onChange={(words) => onChange({ words })}
        />
      )}
    </div>
  );
}

interface BoundProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Bound({ label, hint, value, onChange }: BoundProps) {
  return (
    <TextField
      label={label}
      type="number"
      step="any"
      inputMode="decimal"
      placeholder={hint}
      value={value ?? ''}
      onChange={(event) => {
        const typed = event.target.valueAsNumber;
        onChange(Number.isNaN(typed) ? null : typed);
      }}
    />
  );
}
