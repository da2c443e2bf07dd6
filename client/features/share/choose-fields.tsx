import { useLingui } from '@lingui/react/macro';
import { SHARE_FIELD_NAMES, SHARE_FIELDS, type ShareField } from '#shared/model/share.ts';
import { useShareWords } from './use-share-words.ts';

export interface ChooseFieldsProps {
  readonly value: readonly ShareField[];
  /** Whether consent is asked for the recipient's kind. */
  readonly withConsent: boolean;
  readonly onChange: (fields: readonly ShareField[]) => void;
}

/** What the file holds of each person. What says more than a name is marked. */
export function ChooseFields({ value, withConsent, onChange }: ChooseFieldsProps) {
  const { t } = useLingui();
  const words = useShareWords();
  const pick = (name: ShareField, chosen: boolean): void =>
    onChange(SHARE_FIELD_NAMES.filter((one) => (one === name ? chosen : value.includes(one))));
  return (
    <fieldset>
      <legend className="choice-legend">{t`Which fields`}</legend>
      <div className="share-fields">
        {SHARE_FIELDS.filter(({ mark }) => mark !== 'consent' || withConsent).map(
          ({ name, mark }) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={value.includes(name)}
                onChange={(event) => pick(name, event.target.checked)}
              />
              <span>
                {words.fields[name]}
                {mark !== null && <span className="small quiet"> {words.marks[mark]}</span>}
              </span>
            </label>
          ),
        )}
      </div>
    </fieldset>
  );
}
