import { useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { emptyOption, moveBy, type Option } from './edit-draft.ts';
import { makeOptionId } from './make-ids.ts';
import { MoveButtons, moveByKey, refocus } from './move-buttons.tsx';

const MOST = 30;

export interface OptionListProps {
  readonly options: readonly Option[];
  readonly onChange: (options: Option[]) => void;
}

/** The options of a choice: written, added, ordered, taken away. Enter in one starts the next. */
export function OptionList({ options, onChange }: OptionListProps) {
  const { t } = useLingui();
  const move = (at: number, by: -1 | 1): void => {
    refocus();
    onChange([...moveBy(options, at, by)]);
  };
  const add = (): void => {
    const id = makeOptionId();
    onChange([...options, emptyOption(id)]);
    window.requestAnimationFrame(() => document.getElementById(`option-${id}`)?.focus());
  };
  return (
    <div className="stack script-options">
      <ol role="list">
        {options.map((option, at) => (
          <li key={option.id} onKeyDown={(event) => moveByKey(event, (by) => move(at, by))}>
            <input
              id={`option-${option.id}`}
              className="input"
              type="text"
              maxLength={200}
              aria-label={t`Option ${at + 1}`}
              placeholder={t`Option ${at + 1}`}
              value={option.label}
              onChange={(event) =>
                onChange(
                  options.map((o) =>
                    o.id === option.id ? { ...o, label: event.target.value } : o,
                  ),
                )
              }
              onKeyDown={(event) => {
                if (event.key === 'Enter' && at === options.length - 1) add();
              }}
            />
            <MoveButtons
              id={`option-${option.id}`}
              first={at === 0}
              last={at === options.length - 1}
              words={{
                up: t`Move option ${at + 1} up`,
                down: t`Move option ${at + 1} down`,
                remove: t`Remove option ${at + 1}`,
              }}
              onMove={(by) => move(at, by)}
              onRemove={() => onChange(options.filter((o) => o.id !== option.id))}
            />
          </li>
        ))}
      </ol>
      {options.length < MOST && (
        <Button
          variant="quiet"
          className="script-add-option"
          icon={<IconPlus size={18} aria-hidden />}
          onClick={add}
        >{t`Add an option`}</Button>
      )}
    </div>
  );
}
