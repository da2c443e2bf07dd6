import { useLingui } from '@lingui/react/macro';
import { IconArrowRight } from '@tabler/icons-react';
import type { DiffKind, DiffPerson } from '#shared/model/roll.ts';
import { fieldWords } from './compare-words.ts';

export interface ComparePersonProps {
  readonly kind: DiffKind;
  readonly person: DiffPerson;
}

/** One person in whom two rolls differ: who, where, and what was said before and after. */
export function ComparePerson({ kind, person }: ComparePersonProps) {
  const { t } = useLingui();
  const { name, sourceId, from, to } = person;
  // Where somebody moved is said by the two doors already.
  const fields = person.fields.filter(({ field }) => kind !== 'moved' || field !== 'address');
  return (
    <li className="compare-person">
      <p>
        <strong>{name === '' ? t`No name` : name}</strong>{' '}
        {sourceId !== null && <span className="small quiet">{sourceId}</span>}
      </p>
      {kind === 'moved' ? (
        <Turn before={from} after={to} />
      ) : (
        <p className="small quiet">{(kind === 'gone' ? from : to) ?? t`no address`}</p>
      )}
      {fields.length > 0 && (
        <dl className="compare-changes small">
          {fields.map(({ field, before, after }) => (
            <div key={field}>
              <dt className="quiet">{t(fieldWords(field))}</dt>
              <dd>
                {field === 'votes' ? (
                  <Votes before={before} after={after} />
                ) : (
                  <Turn before={before} after={after} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

interface Turned {
  readonly before: string | null;
  readonly after: string | null;
}

/** From what to what; nothing said shows as such. */
function Turn({ before, after }: Turned) {
  const { t } = useLingui();
  const nothing = <i className="quiet">{t`not said`}</i>;
  return (
    <span className="compare-turn">
      <del>{before ?? nothing}</del>
      <IconArrowRight size={16} role="img" aria-label={t`now`} />
      <ins>{after ?? nothing}</ins>
    </span>
  );
}

/** Elections are told apart: those that came, and those that the newer roll says no more. */
function Votes({ before, after }: Turned) {
  const { t } = useLingui();
  const parts = [after !== null && t`now also ${after}`, before !== null && t`no longer ${before}`];
  return parts.filter((part) => part !== false).join('; ');
}
