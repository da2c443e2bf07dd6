import { useLingui } from '@lingui/react/macro';
import {
  PURPOSES,
  type Purpose,
  REGIONS,
  type Region,
  type ServerPlace,
  type Terms,
} from '#shared/model/rules.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { FOR_WORDS, STATE_WORDS } from './terms-words.ts';

/** What somebody is saying of a file; an empty state says nothing at all. */
export interface TermsDraft extends Omit<Terms, 'state' | 'serverIn'> {
  readonly state: Region | '';
  readonly serverIn: ServerPlace | '';
}

/** What the next file begins with: the terms of the one before, but for its date. */
export function draftOf(before: Terms | null): TermsDraft {
  if (before !== null) return { ...before, obtainedOn: null };
  return { state: '', obtainedOn: null, purpose: 'political', agreement: '', serverIn: '' };
}

/** The terms that a draft says; null: nobody has said which state or where the server is. */
export function termsOf({ state, serverIn, ...rest }: TermsDraft): Terms | null {
  return state === '' || serverIn === '' ? null : { ...rest, state, serverIn };
}

export interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly onChange: (draft: TermsDraft) => void;
}

/** Asks under which terms a voter file came. */
export function TermsFields({ draft, onChange }: TermsFieldsProps) {
  const { t } = useLingui();
  const rules = draft.state === '' ? null : rulesOf(draft.state);
  const set = (change: Partial<TermsDraft>): void => onChange({ ...draft, ...change });
  return (
    <div className="roll-terms">
      <SelectField
        label={t`The state that it comes from`}
        value={draft.state}
        onChange={(event) => set({ state: event.target.value as Region | '' })}
      >
        <option value="">{t`Nobody has said`}</option>
        {REGIONS.map((one) => (
          <option key={one} value={one}>
            {t(STATE_WORDS[one])}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`What it was given for`}
        value={draft.purpose}
        onChange={(event) => set({ purpose: event.target.value as Purpose })}
      >
        {PURPOSES.map((one) => (
          <option key={one} value={one} disabled={rules !== null && !rules.purposes.includes(one)}>
            {t(FOR_WORDS[one])}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`Where this server is`}
        value={draft.serverIn}
        onChange={(event) => set({ serverIn: event.target.value as ServerPlace | '' })}
      >
        <option value="">{t`Nobody has said`}</option>
        <option value="us">{t`In the United States`}</option>
        <option value="elsewhere">{t`Outside the United States`}</option>
      </SelectField>
      <TextField
        label={t`The day you got it`}
        type="date"
        value={draft.obtainedOn ?? ''}
        onChange={(event) =>
          set({ obtainedOn: event.target.value === '' ? null : event.target.value })
        }
      />
      <TextArea
        label={t`What was signed for it`}
        hint={t`Its name, its date, what it forbids.`}
        value={draft.agreement}
        maxLength={4000}
        onChange={(event) => set({ agreement: event.target.value })}
      />
      {rules?.keptIn === 'us' && draft.serverIn !== 'us' && (
        <Notice tone="problem">
          {t`A file of this state may not be kept outside the United States. It comes in only when the server is there.`}
        </Notice>
      )}
      {rules !== null && rules.refuses.length > 0 && (
        <Notice>{t`Birth dates and e-mail addresses of this file are not read.`}</Notice>
      )}
    </div>
  );
}
