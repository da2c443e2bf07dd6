import { Trans, useLingui } from '@lingui/react/macro';
import type { ScriptVersionId } from '#shared/kernel/ids.ts';
import type { PaperSheet } from '#shared/model/paper.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { nameWalker, type Shift } from './kept-entry.ts';

export interface ShiftFormProps {
  readonly scripts: PaperSheet['scripts'];
  /** Whom the chapter knows, and whom lines were typed in for. */
  readonly walkers: PaperSheet['walkers'];
  readonly shift: Shift;
  readonly onChange: (shift: Shift) => void;
}

/** Once for a paper: who walked, on which day and from when, and by which script. */
export function ShiftForm({ scripts, walkers, shift, onChange }: ShiftFormProps) {
  const { t } = useLingui();
  const setName = (name: string): void =>
    onChange({ ...shift, walker: nameWalker(name, shift.walker, walkers) });
  const name = shift.walker?.name ?? '';
  const isNew = name.trim() !== '' && !walkers.some((one) => one.name === name.trim());
  return (
    <section className="panel paper-shift" aria-label={t`Whose paper this is`}>
      <TextField
        label={<Trans>Who walked</Trans>}
        list="paper-walkers"
        autoComplete="off"
        maxLength={80}
        value={name}
        hint={isNew ? <Trans>New: joins the chapter’s list as a canvasser.</Trans> : null}
        onChange={({ target }) => setName(target.value)}
      />
      <datalist id="paper-walkers">
        {walkers.map(({ id, name: known }) => (
          <option key={id} value={known} />
        ))}
      </datalist>
      <TextField
        type="date"
        label={<Trans>Day</Trans>}
        value={shift.day}
        onChange={({ target }) => onChange({ ...shift, day: target.value })}
      />
      <TextField
        type="time"
        label={<Trans>From</Trans>}
        value={shift.time}
        onChange={({ target }) => onChange({ ...shift, time: target.value })}
      />
      <SelectField
        label={<Trans>Language of the paper</Trans>}
        value={shift.language}
        onChange={({ target }) =>
          onChange({ ...shift, language: target.value === 'es' ? 'es' : 'en' })
        }
      >
        <option value="en">English</option>
        <option value="es">Español</option>
      </SelectField>
      {scripts.length > 1 && (
        <SelectField
          label={<Trans>Script on the paper</Trans>}
          value={shift.scriptId ?? ''}
          onChange={({ target }) =>
            onChange({ ...shift, scriptId: target.value as ScriptVersionId })
          }
        >
          {scripts.map(({ id, name: script, number }) => (
            <option key={id} value={id}>
              {script} · {number}
            </option>
          ))}
        </SelectField>
      )}
    </section>
  );
}
