import { useId, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import type { Condition } from '#shared/model/universe-step.ts';
import type { Universe, UniverseFacets } from '#shared/model/universe.ts';
import { Button } from '../../ui/button.tsx';

export interface AddStepProps {
  readonly facets: UniverseFacets;
  /** Universes that may be asked for. */
  readonly universes: readonly Universe[];
  readonly disabled: boolean;
  readonly onAdd: (who: Condition) => void;
}

interface Offer {
  readonly key: string;
  readonly label: string;
  readonly who: Condition;
}
interface Group {
  readonly name: string;
  readonly offers: readonly Offer[];
}

function useOffers(facets: UniverseFacets, universes: readonly Universe[]): readonly Group[] {
  const { t } = useLingui();
  const offer = (label: string, who: Condition, key: string = who.kind): Offer => ({
    key,
    label,
    who,
  });
  const scope = 'ever' as const;
  const many = <T,>(list: readonly T[], offers: (list: readonly T[]) => Offer[]): Offer[] =>
    list.length === 0 ? [] : offers(list);
  const roll: Offer[] = [
    ...many(facets.parties, () => [offer(t`Party`, { kind: 'party', values: [] })]),
    offer(t`Age`, { kind: 'age', min: null, max: null }),
    ...many(facets.precincts, () => [offer(t`Precinct`, { kind: 'precinct', values: [] })]),
    ...many(facets.elections, () => [
      offer(t`Voted in`, { kind: 'votes', elections: [], atLeast: 1, methods: [] }),
    ]),
    ...facets.districts.map(({ of }) =>
      offer(t`District: ${of}`, { kind: 'district', of, values: [] }, `district ${of}`),
    ),
    ...many(facets.sexes, () => [offer(t`Sex`, { kind: 'sex', values: [] })]),
    ...many(facets.languages, () => [offer(t`Language`, { kind: 'language', values: [] })]),
    ...many(facets.statuses, () => [offer(t`Registration status`, { kind: 'status', values: [] })]),
    ...(facets.registered
      ? [offer(t`Registered on`, { kind: 'registered', from: null, to: null })]
      : []),
  ];
  const field: Offer[] = [
    offer(t`Door knocked last`, { kind: 'knocked', when: 'never', day: null, days: null, scope }),
    offer(t`Last support level`, { kind: 'support', levels: [1, 2], scope }),
    offer(t`Last result`, { kind: 'result', results: ['not-home'], when: 'last', scope }),
    offer(
      t`Asked us to come back`,
      { kind: 'result', results: ['come-back'], when: 'last', scope },
      'come-back',
    ),
    offer(
      t`Language barrier`,
      { kind: 'result', results: ['language-barrier'], when: 'last', scope },
      'barrier',
    ),
    offer(
      t`Spoke with us`,
      { kind: 'result', results: ['contact'], when: 'ever', scope },
      'contact',
    ),
    ...many(facets.tags ?? [], () => [offer(t`Tag`, { kind: 'tag', tags: [], has: 'any' })]),
  ];
  return [
    { name: t`From the roll`, offers: roll },
    { name: t`From the doors`, offers: field },
    {
      name: t`Answers`,
      offers: (facets.questions ?? []).map(({ id, prompt }) =>
        offer(prompt, { kind: 'answer', questionId: id, said: [] }, id),
      ),
    },
    {
      name: t`Own layers`,
      offers: (facets.layers ?? []).map(({ layer, layerName, column, name }) =>
        offer(
          column === 0 ? layerName : `${layerName}: ${name}`,
          { kind: 'layer', layer, column, not: false, min: null, max: null, words: [] },
          `${layer} ${column}`,
        ),
      ),
    },
    {
      name: t`Other universes`,
      offers: universes.map(({ id, name }) => offer(name, { kind: 'universe', id }, id)),
    },
  ];
}

/** All that a step can ask for, with a search. */
export function AddStep({ facets, universes, disabled, onAdd }: AddStepProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [sought, setSought] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const words = sought.trim().toLowerCase();
  const groups = useOffers(facets, universes)
    .map(({ name, offers }) => ({
      name,
      offers: offers.filter(({ label }) => `${name} ${label}`.toLowerCase().includes(words)),
    }))
    .filter(({ offers }) => offers.length > 0);
  const close = (): void => {
    setOpen(false);
    setSought('');
  };
  if (disabled) {
    return (
      <p className="small quiet">
        <Trans>A universe has twenty steps at most. Save this one and ask for it in another.</Trans>
      </p>
    );
  }
  return (
    <div
      className="universe-add"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
        button.current?.focus();
      }}
    >
      <Button
        ref={button}
        icon={<IconPlus size={20} aria-hidden />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => (open ? close() : setOpen(true))}
      >{t`Add a step`}</Button>
      {open && (
        <div id={id} className="universe-offers">
          <input
            className="input"
            type="search"
            aria-label={t`Search conditions`}
            placeholder={t`Search conditions`}
            value={sought}
            autoFocus
            onChange={(event) => setSought(event.target.value)}
          />
          {groups.map(({ name, offers }) => (
            <section key={name} aria-label={name}>
              <h3 className="small quiet">{name}</h3>
              <ul role="list">
                {offers.map(({ key, label, who }) => (
                  <li key={key}>
                    <button
                      type="button"
                      className="universe-offer"
                      onClick={() => {
                        close();
                        onAdd(who);
                      }}
                    >
                      {label}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {groups.length === 0 && (
            <p className="small quiet">
              <Trans>Nothing is called that.</Trans>
            </p>
          )}
        </div>
      )}
    </div>
  );
}
