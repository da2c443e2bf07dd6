import { useLingui } from '@lingui/react/macro';
import {
  NOT_KNOWN,
  PURPOSES,
  REGIONS,
  SERVER_PLACES,
  type ServerPlace,
} from '#shared/model/rules.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PURPOSE_WORDS, REGION_WORDS } from '../../ui/terms-words.ts';
import type { TermsDraft } from './terms-draft.ts';

export interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly onChange: (draft: TermsDraft) => void;
}

/** Asks under which terms a voter file came. Each has to be answered; not known is an answer. */
export function TermsFields({ draft, onChange }: TermsFieldsProps) {
  const { t } = useLingui();
  const { state, obtainedOn, agreement } = draft;
  const rules = state === '' || state === NOT_KNOWN ? null : rulesOf(state);
  const places: Readonly<Record<ServerPlace, string>> = {
    us: t`In the United States`,
    elsewhere: t`Outside the United States`,
  };
  const set = (change: Partial<TermsDraft>): void => onChange({ ...draft, ...change });
  return (
    <div className="roll-terms">
      <SelectField
        label={t`The state that it comes from`}
        value={state}
        onChange={(event) => set({ state: event.target.value as TermsDraft['state'] })}
      >
        <option value="">{t`Choose`}</option>
        {REGIONS.map((one) => (
          <option key={one} value={one}>
            {t(REGION_WORDS[one])}
          </option>
        ))}
        <option value={NOT_KNOWN}>{t`Not known`}</option>
      </SelectField>
      <SelectField
        label={t`What it was given for`}
        value={draft.purpose}
        onChange={(event) => set({ purpose: event.target.value as TermsDraft['purpose'] })}
      >
        <option value="">{t`Choose`}</option>
        {PURPOSES.map((one) => (
          <option key={one} value={one} disabled={rules !== null && !rules.purposes.includes(one)}>
            {t(PURPOSE_WORDS[one])}
          </option>
        ))}
        <option value={NOT_KNOWN}>{t`Not known`}</option>
      </SelectField>
      <SelectField
        label={t`Where this server is`}
        value={draft.serverIn}
        onChange={(event) => set({ serverIn: event.target.value as TermsDraft['serverIn'] })}
      >
        <option value="">{t`Choose`}</option>
        {SERVER_PLACES.map((one) => (
          <option key={one} value={one}>
            {places[one]}
          </option>
        ))}
        <option value={NOT_KNOWN}>{t`Not known`}</option>
      </SelectField>
      <div className="roll-term">
        <TextField
          label={t`The day you got it`}
          type="date"
          disabled={obtainedOn === NOT_KNOWN}
          value={obtainedOn === NOT_KNOWN ? '' : obtainedOn}
          onChange={(event) => set({ obtainedOn: event.target.value })}
        />
        <label className="roll-not-known">
          <input
            type="checkbox"
            checked={obtainedOn === NOT_KNOWN}
            onChange={(event) => set({ obtainedOn: event.target.checked ? NOT_KNOWN : '' })}
          />
          <span>{t`The day is not known`}</span>
        </label>
      </div>
      <div className="roll-term">
        <TextArea
          label={t`What was signed for it`}
          hint={t`Its name, its date, what it forbids.`}
          disabled={agreement === NOT_KNOWN}
          value={agreement === NOT_KNOWN ? '' : agreement}
          maxLength={4000}
          onChange={(event) => set({ agreement: event.target.value })}
        />
        <label className="roll-not-known">
          <input
            type="checkbox"
            checked={agreement === NOT_KNOWN}
            onChange={(event) => set({ agreement: event.target.checked ? NOT_KNOWN : '' })}
          />
          <span>{t`What was signed is not known`}</span>
        </label>
      </div>
      {rules?.keptIn === 'us' && draft.serverIn !== 'us' && (
        <Notice tone="problem">
          {t`A file of this state may not be kept outside the United States. It comes in only when the server is there.`}
        </Notice>
      )}
      {(state === NOT_KNOWN || (rules !== null && rules.refuses.length > 0)) && (
        <Notice>{t`Birth dates and e-mail addresses of this file are not read.`}</Notice>
      )}
    </div>
  );
}
