import { useLingui } from '@lingui/react/macro';
import type { LayerTerms } from '#shared/model/layer.ts';
import { NOT_KNOWN, PURPOSES } from '#shared/model/rules.ts';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { PURPOSE_WORDS } from '../../ui/terms-words.ts';

export const NO_LAYER_TERMS: LayerTerms = {
  source: '',
  obtainedOn: null,
  purpose: NOT_KNOWN,
  agreement: '',
};

export interface LayerTermsFieldsProps {
  readonly terms: LayerTerms;
  readonly onChange: (terms: LayerTerms) => void;
}

/** Where a layer is from and what it may be used for: kept with it, and in every export. */
export function LayerTermsFields({ terms, onChange }: LayerTermsFieldsProps) {
  const { t } = useLingui();
  const set = (change: Partial<LayerTerms>): void => onChange({ ...terms, ...change });
  return (
    <div className="roll-terms">
      <TextField
        label={t`Who gave it to you`}
        value={terms.source}
        maxLength={400}
        onChange={(event) => set({ source: event.target.value })}
      />
      <TextField
        label={t`The day you got it`}
        type="date"
        value={terms.obtainedOn ?? ''}
        onChange={(event) => set({ obtainedOn: event.target.value || null })}
      />
      <SelectField
        label={t`What it was given for`}
        value={terms.purpose}
        onChange={(event) =>
          set({ purpose: PURPOSES.find((one) => one === event.target.value) ?? NOT_KNOWN })
        }
      >
        <option value={NOT_KNOWN}>{t`Not known`}</option>
        {PURPOSES.map((one) => (
          <option key={one} value={one}>
            {t(PURPOSE_WORDS[one])}
          </option>
        ))}
      </SelectField>
      <div className="roll-term">
        <TextArea
          label={t`What was agreed about it`}
          value={terms.agreement}
          maxLength={4000}
          onChange={(event) => set({ agreement: event.target.value })}
        />
      </div>
    </div>
  );
}
