import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Person } from '#shared/model/person.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseOne } from '../../../ui/choice.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { NoteField } from '../door/note-field.tsx';
import { dayAfter } from './promise-days.ts';
import { useSaveGuard } from '../save-guard.tsx';
import { useDraft } from '../talk/use-draft.ts';
import { usePromiseWords } from './use-promise-words.ts';
import { useWalk } from '../walk-context.ts';
import '../talk/ask-more.css';

export interface PromiseSheetProps {
  readonly row: DoorRow;
  /** Null: to nobody by name. */
  readonly person: Person | null;
  readonly where: string;
  /** What it begins with. */
  readonly text?: string;
  readonly onClose: () => void;
}

type Who = 'me' | 'chapter' | 'staff';
type When = 'none' | 'tomorrow' | 'week' | 'day';

interface PromiseDraft {
  readonly text: string;
  readonly who: Who | null;
  readonly staffId: string;
  readonly when: When | null;
  readonly day: string;
}

function isPromiseDraft(kept: unknown): kept is PromiseDraft {
  return typeof kept === 'object' && kept !== null && 'who' in kept && 'staffId' in kept;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What was promised, who keeps it, and by when. */
export function PromiseSheet({ row, person, where, text: first = '', onClose }: PromiseSheetProps) {
  const { t } = useLingui();
  const { me, sheet } = useWalk();
  const { saveWithUndo } = useSaveGuard();
  const { today } = usePromiseWords();
  const [empty] = useState<PromiseDraft>({
    text: first,
    who: null,
    staffId: '',
    when: null,
    day: '',
  });
  // What begins with words of its own is a draft of its own.
  const part = `promise ${person?.id ?? ''}${first === '' ? '' : ' paper'}`;
  const draft = useDraft(row.door.id, part, empty, isPromiseDraft, onClose);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const { text, who, staffId, when, day } = draft.value;
  const { staff = [] } = sheet;
  const change = (more: Partial<PromiseDraft>): void => draft.change({ ...draft.value, ...more });
  const days: Readonly<Record<When, string | null>> = {
    none: null,
    tomorrow: dayAfter(today, 1),
    week: dayAfter(today, 7),
    // Some browsers offer days that a field does not take.
    day: DAY.test(day) && day >= today ? day : null,
  };
  const whoId: MemberId | null =
    who === 'me'
      ? me
      : who === 'staff'
        ? (staff.find(({ id }) => id === staffId)?.id ?? null)
        : null;
  const missing =
    text.trim() === ''
      ? 'text'
      : who === null || (who === 'staff' && whoId === null)
        ? 'who'
        : when === 'day' && days.day === null
          ? 'day'
          : null;
  const fault = asked ? missing : null;

  const save = async (): Promise<void> => {
    if (missing !== null) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const by = when === null ? null : days[when];
    const said = { text: text.trim(), whoId, by };
    const payload = { doorId: row.door.id, personId: person?.id ?? null, ...said };
    const what = t`Promise: ${said.text}`;
    const saved = await saveWithUndo({ type: 'follow-up', payload }, { where, what }, t`Promised`);
    setBusy(false);
    if (saved === null) return;
    await draft.drop();
    onClose();
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>Promise</Trans>}
      description={<bdi>{person === null ? where : fullName(person)}</bdi>}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void save()}>
          <Trans>Save the promise</Trans>
        </Button>
      }
    >
      <div className="stack">
        <NoteField
          label={<Trans>What did you promise?</Trans>}
          value={text}
          maxLength={500}
          names={row.people.map(fullName)}
          error={fault === 'text' && <Trans>Write what you promised.</Trans>}
          onChange={(next) => change({ text: next })}
        />
        <ChooseOne<Who>
          legend={<Trans>Who keeps it?</Trans>}
          value={who}
          options={[
            { value: 'me', label: t`I do`, disabled: me === null },
            { value: 'chapter', label: t`The chapter decides` },
            ...(staff.length > 0
              ? [{ value: 'staff' as const, label: t`Somebody at the desk` }]
              : []),
          ]}
          onChange={(next) => change({ who: next })}
        />
        {who === 'staff' && (
          <SelectField
            label={<Trans>Name</Trans>}
            value={staffId}
            onChange={(event) => change({ staffId: event.target.value })}
          >
            <option value="">{t`Choose`}</option>
            {staff.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        {fault === 'who' && (
          <p className="field-error" role="alert">
            <Trans>Say who keeps it.</Trans>
          </p>
        )}
        <ChooseOne<When>
          legend={<Trans>By when?</Trans>}
          value={when}
          options={[
            { value: 'none', label: t`No day` },
            { value: 'tomorrow', label: t`Tomorrow` },
            { value: 'week', label: t`In a week` },
            { value: 'day', label: t`Another day` },
          ]}
          onChange={(next) => change({ when: next })}
        />
        {when === 'day' && (
          <TextField
            type="date"
            label={<Trans>Day</Trans>}
            error={fault === 'day' && <Trans>Choose a day from today on.</Trans>}
            min={today}
            max="9999-12-31"
            value={day}
            onChange={(event) => change({ day: event.target.value })}
          />
        )}
      </div>
    </Sheet>
  );
}
