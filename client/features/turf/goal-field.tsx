import { useLingui } from '@lingui/react/macro';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { SelectField } from '../../ui/field.tsx';
import type { Goal } from './modes.ts';

export interface GoalFieldProps {
  readonly turfs: readonly PlanTurf[];
  readonly value: Goal;
  readonly onChange: (goal: Goal) => void;
}

/** Where doors go that are moved. Published turfs take none. */
export function GoalField({ turfs, value, onChange }: GoalFieldProps) {
  const { t } = useLingui();
  return (
    <SelectField
      label={t`Into`}
      value={value.to === 'turf' ? value.key : value.to}
      onChange={({ target }) => {
        const to = target.value;
        onChange(to === 'new' || to === 'none' ? { to } : { to: 'turf', key: to });
      }}
    >
      <option value="new">{t`a new turf`}</option>
      <option value="none">{t`no turf`}</option>
      {turfs
        .filter(({ fixed }) => !fixed)
        .map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
    </SelectField>
  );
}
