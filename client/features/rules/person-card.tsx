import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { FoundPerson } from '#shared/model/privacy.ts';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';

export interface PersonCardProps {
  readonly person: FoundPerson;
  readonly onCopy: () => void;
  readonly onAsk: (what: 'erase' | 'clear') => void;
}

/** Somebody who was found, with what can be done for them. */
export function PersonCard({ person, onCopy, onAsk }: PersonCardProps) {
  const { t } = useLingui();
  const { name, address, voterId, inRoll, minor, doNotContact, others } = person;
  return (
    <li>
      <p className="row">
        <strong className="rules-file-name">{name === '' ? t`No name` : name}</strong>
        {doNotContact !== null && <Pill tone="danger">{t`do not contact`}</Pill>}
        {minor && <Pill tone="plain">{t`under 18`}</Pill>}
      </p>
      <p className="quiet small">
        {address}
        {voterId !== null && <>, {voterId}</>}
        {!inRoll && (
          <>
            , <Trans>not in the roll now</Trans>
          </>
        )}
      </p>
      {others.length > 0 && (
        <p className="quiet small">
          <Plural
            value={others.length}
            one="Merged with # more record, which goes with it:"
            other="Merged with # more records, which go with it:"
          />{' '}
          {others
            .map((one) => `${one.name}, ${one.address} ${one.voterId ?? ''}`.trim())
            .join('; ')}
        </p>
      )}
      <div className="row">
        <Button onClick={onCopy}>{t`Give them a copy`}</Button>
        {doNotContact !== null && (
          <Button onClick={() => onAsk('clear')}>{t`Let them be contacted`}</Button>
        )}
        <Button variant="danger" onClick={() => onAsk('erase')}>{t`Erase them`}</Button>
      </div>
    </li>
  );
}
