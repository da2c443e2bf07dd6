import { Trans, useLingui } from '@lingui/react/macro';
import type { PaperSheet } from '#shared/model/paper.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { CHAPTER, type TypedPromise, WALKER } from './line.ts';
import type { LinePartProps } from './newcomer-fields.tsx';

export interface PromiseFieldsProps extends LinePartProps {
  readonly staff: PaperSheet['staff'];
}

/** What was promised at a door, who keeps it, and by when. */
export function PromiseFields({ line, onLine, staff }: PromiseFieldsProps) {
  const { t } = useLingui();
  const { promise } = line;
  const set = (part: Partial<TypedPromise>): void =>
    onLine({ ...line, promise: { ...promise, ...part } });
  return (
    <div className="paper-questions">
      <TextField
        label={t`What was promised`}
        value={promise.text}
        maxLength={500}
        autoComplete="off"
        onChange={({ target }) => set({ text: target.value })}
      />
      <SelectField
        label={t`Who keeps it`}
        value={promise.who}
        onChange={({ target }) => set({ who: target.value })}
      >
        <option value="">{t`Not said yet`}</option>
        <option value={WALKER}>{t`Whoever walked`}</option>
        <option value={CHAPTER}>{t`The chapter decides`}</option>
        {staff.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t`By when (if they say it)`}
        hint={t`A day, such as 2026-05-01`}
        value={promise.by}
        maxLength={10}
        autoComplete="off"
        onChange={({ target }) => set({ by: target.value.trim() })}
      />
      <p className="small quiet">
        <Trans>It goes to the page of promises, where somebody sees that it is kept.</Trans>
      </p>
    </div>
  );
}
