import { useId, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { SUPPORT_LEVELS, supportWords, type SupportLevel } from './support-words.ts';

export interface SupportScaleProps {
  readonly legend: ReactNode;
  readonly hideLegend?: boolean;
  /** Null: not asked yet. Nothing is preselected. */
  readonly value: SupportLevel | null;
  readonly onChange: (level: SupportLevel) => void;
}

/** Support from 1 to 5 as native radios: number, colour and words together. */
export function SupportScale({ legend, hideLegend = false, value, onChange }: SupportScaleProps) {
  const { t } = useLingui();
  const name = useId();
  return (
    <fieldset>
      <legend className={hideLegend ? 'for-readers' : 'choice-legend'}>{legend}</legend>
      <div className="support-options">
        {SUPPORT_LEVELS.map((level) => (
          <label className="support-option" key={level}>
            <input
              className="for-readers"
              type="radio"
              name={name}
              value={level}
              checked={value === level}
              onChange={() => onChange(level)}
            />
            <span className={`support-number support-${level}`}>{level}</span>
            <span className="support-words">{t(supportWords[level])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
