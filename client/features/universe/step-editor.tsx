import { Trans, useLingui } from '@lingui/react/macro';
import type { TagId } from '#shared/kernel/ids.ts';
import { RESULTS } from '#shared/model/results.ts';
import type { Condition, ConditionOf } from '#shared/model/universe-step.ts';
import type { UniverseFacets } from '#shared/model/universe.ts';
import { useFormat } from '../../api/use-format.ts';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { resultWords } from '../../ui/result-words.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { SUPPORT_LEVELS, supportWords } from '../../ui/support-words.ts';
import { FacetChoice } from './facet-choice.tsx';
import { DayRange, NumberRange } from './range-fields.tsx';
import type { useSayStep } from './say-step.ts';

export interface StepEditorProps {
  readonly who: Condition;
  readonly facets: UniverseFacets;
  readonly say: ReturnType<typeof useSayStep>;
  readonly onChange: (who: Condition) => void;
}

/** What a condition asks for, to be changed. */
export function StepEditor({ who, facets, say, onChange }: StepEditorProps) {
  const { about } = say.condition(who);
  switch (who.kind) {
    case 'age':
      return (
        <NumberRange
          min={who.min}
          max={who.max}
          most={130}
          onChange={(min, max) => onChange({ ...who, min, max })}
        />
      );
    case 'registered':
      return (
        <DayRange
          from={who.from}
          to={who.to}
          onChange={(from, to) => onChange({ ...who, from, to })}
        />
      );
    case 'votes':
      return <VoteEditor who={who} facets={facets} onChange={onChange} />;
    case 'layer':
      return <LayerEditor who={who} facets={facets} about={about} onChange={onChange} />;
    case 'answer':
      return (
        <FacetChoice
          legend={about}
          values={say.answers(who.questionId)}
          chosen={who.said}
          onChange={(said) => onChange({ ...who, said })}
        />
      );
    case 'tag':
      return <TagEditor who={who} facets={facets} onChange={onChange} />;
    case 'support':
    case 'result':
    case 'knocked':
      return <FieldEditor who={who} onChange={onChange} />;
    case 'universe':
      return (
        <p className="small quiet">
          <Trans>Whoever is in that universe when it is asked, live or frozen as it is.</Trans>
        </p>
      );
    case 'party':
    case 'precinct':
    case 'sex':
    case 'status':
    case 'language':
    case 'district': {
      const lists = {
        party: facets.parties,
        precinct: facets.precincts,
        sex: facets.sexes,
        status: facets.statuses,
        language: facets.languages,
        district:
          who.kind === 'district'
            ? (facets.districts.find(({ of }) => of === who.of)?.values ?? [])
            : [],
      };
      return (
        <FacetChoice
          legend={about}
          values={lists[who.kind]}
          chosen={who.values}
          onChange={(values) => onChange({ ...who, values })}
        />
      );
    }
  }
}

interface PartProps<K extends Condition['kind']> {
  readonly who: ConditionOf<K>;
  readonly onChange: (who: Condition) => void;
}

function VoteEditor({
  who,
  facets,
  onChange,
}: PartProps<'votes'> & { readonly facets: UniverseFacets }) {
  const { t } = useLingui();
  return (
    <>
      <FacetChoice
        legend={t`Voted in`}
        values={facets.elections}
        chosen={who.elections}
        onChange={(elections) => {
          const atLeast = Math.max(1, Math.min(who.atLeast, elections.length));
          onChange({ ...who, elections, atLeast });
        }}
      />
      {who.elections.length > 1 && (
        <SelectField
          label={t`In how many of these ${who.elections.length}`}
          value={who.atLeast}
          onChange={(event) => onChange({ ...who, atLeast: Number(event.target.value) })}
        >
          {who.elections.map((election, at) => (
            <option key={election} value={at + 1}>
              {at + 1 === who.elections.length ? t`in all of them` : t`at least ${at + 1}`}
            </option>
          ))}
        </SelectField>
      )}
      {facets.methods.length > 0 && (
        <FacetChoice
          legend={t`How they voted`}
          values={facets.methods}
          chosen={who.methods}
          onChange={(methods) => onChange({ ...who, methods })}
        />
      )}
    </>
  );
}

function LayerEditor({
  who,
  facets,
  about,
  onChange,
}: PartProps<'layer'> & { readonly facets: UniverseFacets; readonly about: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const facet = facets.layers?.find((one) => one.layer === who.layer && one.column === who.column);
  if (facet === undefined) return null;
  const { range } = facet;
  return (
    <>
      {facet.kind === 'number' && range !== null && (
        <NumberRange
          min={who.min}
          max={who.max}
          most={null}
          hints={[format.number(range.least), format.number(range.most)]}
          onChange={(min, max) => onChange({ ...who, min, max })}
        />
      )}
      {facet.column > 0 && facet.words.length > 0 && (
        <FacetChoice
          legend={about}
          values={facet.words.map(({ value, people }) => ({
            value,
            people,
            label: facet.kind === 'yes-no' ? (value === 'yes' ? t`yes` : t`no`) : value,
          }))}
          chosen={who.words}
          onChange={(words) => onChange({ ...who, words })}
        />
      )}
      {facet.members && (
        <p className="small quiet">
          <Trans>
            Coordinators may not read the list of members, but once this universe is saved they see
            its doors and cut turf from them.
          </Trans>
        </p>
      )}
    </>
  );
}

function TagEditor({
  who,
  facets,
  onChange,
}: PartProps<'tag'> & { readonly facets: UniverseFacets }) {
  const { t } = useLingui();
  return (
    <>
      <Segmented<'any' | 'none'>
        label={t`Which people`}
        options={[
          { value: 'any', label: t`Has one of these` },
          { value: 'none', label: t`Has none of these` },
        ]}
        value={who.has}
        onChange={(has) => onChange({ ...who, has })}
      />
      <FacetChoice
        legend={t`Tags`}
        values={facets.tags ?? []}
        chosen={who.tags}
        onChange={(tags) => onChange({ ...who, tags: tags as TagId[] })}
      />
    </>
  );
}

/** Who asked not to be contacted is in no universe: nobody needs to ask for them. */
const isMet = (result: string): boolean => result !== 'do-not-contact';

function FieldEditor({ who, onChange }: PartProps<'support' | 'result' | 'knocked'>) {
  const { t, i18n } = useLingui();
  return (
    <>
      {who.kind === 'support' && (
        <ChooseMany
          legend={t`Last support level`}
          options={SUPPORT_LEVELS.map((level) => ({
            value: String(level),
            label: `${level} ${i18n._(supportWords[level])}`,
          }))}
          value={who.levels.map(String)}
          onChange={(levels) => {
            if (levels.length > 0) onChange({ ...who, levels: levels.map(Number) });
          }}
        />
      )}
      {who.kind === 'result' && (
        <>
          <Segmented<'last' | 'ever'>
            label={t`Which result`}
            options={[
              { value: 'last', label: t`The last one` },
              { value: 'ever', label: t`Any` },
            ]}
            value={who.when}
            onChange={(when) => onChange({ ...who, when })}
          />
          <ChooseMany
            legend={t`What came of the knock`}
            options={(['contact', ...RESULTS] as const).filter(isMet).map((value) => ({
              value,
              label: value === 'contact' ? t`Spoke with us` : i18n._(resultWords[value]),
            }))}
            value={who.results}
            onChange={(results) => {
              if (results.length > 0) onChange({ ...who, results });
            }}
          />
        </>
      )}
      {who.kind === 'knocked' && <KnockedEditor who={who} onChange={onChange} />}
      <Segmented<'ever' | 'campaign'>
        label={t`For which campaign`}
        options={[
          { value: 'ever', label: t`Any campaign` },
          { value: 'campaign', label: t`This campaign` },
        ]}
        value={who.scope}
        onChange={(scope) => onChange({ ...who, scope })}
      />
    </>
  );
}

function KnockedEditor({ who, onChange }: PartProps<'knocked'>) {
  const { t } = useLingui();
  const { when } = who;
  return (
    <>
      <SelectField
        label={t`When their door was knocked last`}
        value={when}
        onChange={(event) => {
          const next = event.target.value as typeof when;
          onChange({ ...who, when: next, days: next === 'within' ? (who.days ?? 14) : null });
        }}
      >
        <option value="never">{t`Never`}</option>
        <option value="ever">{t`At any time`}</option>
        <option value="within">{t`In the last days`}</option>
        <option value="before">{t`Before a day`}</option>
        <option value="after">{t`On a day or after it`}</option>
      </SelectField>
      {(when === 'before' || when === 'after') && (
        <TextField
          type="date"
          label={t`Day`}
          value={who.day ?? ''}
          onChange={(event) =>
            onChange({ ...who, day: event.target.value === '' ? null : event.target.value })
          }
        />
      )}
      {when === 'within' && (
        <TextField
          type="number"
          inputMode="numeric"
          min={1}
          max={3650}
          label={t`Days`}
          value={who.days ?? ''}
          onChange={(event) => {
            const days = Math.round(event.target.valueAsNumber);
            const isGiven = !Number.isNaN(days) && days >= 1;
            onChange({ ...who, days: isGiven ? Math.min(3650, days) : null });
          }}
        />
      )}
    </>
  );
}
