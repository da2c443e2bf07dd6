import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { DAY_PARTS, type DayPart } from '#shared/model/field-words.ts';
import type { ComeBack } from '#shared/model/fact.ts';
import { ChooseOne } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { dayAhead, sayDay } from './come-back-words.ts';

/** Nobody said when. */
export const NO_TIME = 'nobody-said';
/** When to come back; null: nothing was chosen yet. */
export type ComeBackSaid = ComeBack | typeof NO_TIME | null;

export interface ComeBackChoiceProps {
  readonly value: ComeBackSaid;
  readonly onChange: (value: ComeBackSaid) => void;
}

type When = 'evening' | 'tomorrow' | 'weekend' | 'other' | typeof NO_TIME;

const SATURDAY = 6;
/** No year has five figures. */
const LAST_DAY = '9999-12-31';

/** The coming Saturday; on a Saturday the Sunday after it. */
function nextWeekend(): string {
  const today = new Date().getDay();
  return dayAhead(today === SATURDAY ? 1 : SATURDAY - today);
}

/** When they want us back: today in the evening, tomorrow, at the weekend, or a day of their own. */
export function ComeBackChoice({ value, onChange }: ComeBackChoiceProps) {
  const { t, i18n } = useLingui();
  const [when, setWhen] = useState<When | null>(null);
  const weekend = nextWeekend();
  const partWords: Readonly<Record<DayPart, string>> = {
    any: t`Any time`,
    morning: t`Morning`,
    afternoon: t`Afternoon`,
    evening: t`Evening`,
  };
  const said = value === null || value === NO_TIME ? null : value;

  const choose = (next: When): void => {
    setWhen(next);
    if (next === NO_TIME) onChange(NO_TIME);
    else if (next === 'evening') onChange({ day: dayAhead(0), part: 'evening' });
    else if (next === 'tomorrow') onChange({ day: dayAhead(1), part: 'any' });
    else if (next === 'weekend') onChange({ day: weekend, part: 'any' });
    else onChange(null);
  };

  return (
    <>
      <ChooseOne<When>
        legend={<Trans>When?</Trans>}
        columns={2}
        options={[
          { value: 'evening', label: <Trans>This evening</Trans> },
          { value: 'tomorrow', label: <Trans>Tomorrow</Trans> },
          { value: 'weekend', label: sayDay(weekend, i18n.locale) },
          { value: 'other', label: <Trans>Another day</Trans> },
          { value: NO_TIME, label: <Trans>They did not say</Trans> },
        ]}
        value={when}
        onChange={choose}
      />
      {when === 'other' && (
        <TextField
          type="date"
          label={<Trans>Day</Trans>}
          min={dayAhead(0)}
          max={LAST_DAY}
          value={said?.day ?? ''}
          onChange={(event) => {
            const day = event.target.value;
            onChange(day === '' ? null : { day, part: said?.part ?? 'any' });
          }}
        />
      )}
      {said !== null && when !== 'evening' && (
        <ChooseOne<DayPart>
          legend={<Trans>At what time of day?</Trans>}
          columns={2}
          options={DAY_PARTS.map((part) => ({ value: part, label: partWords[part] }))}
          value={said.part}
          onChange={(part) => onChange({ ...said, part })}
        />
      )}
    </>
  );
}
