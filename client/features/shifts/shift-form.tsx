import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { PlannedShift, SaveShift } from '#shared/model/next-shift.ts';
import { callApi } from '../../api/call.ts';
import { useMe } from '../../api/me.ts';
import { shownTime, zonedTime } from '../../api/zoned-time.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface ShiftFormProps {
  /** Null: a new one. */
  readonly shift: PlannedShift | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const DAY_MS = 24 * 3_600_000;

interface ShiftDraft {
  readonly name: string;
  readonly place: string;
  readonly day: string;
  readonly from: string;
  readonly until: string;
}

const draftOf = (shift: PlannedShift | null): string => `shift ${shift?.id ?? 'new'}`;

/** Whether somebody has begun to write this shift, or a new one, and looked at another page. */
export const isShiftBegun = (shift: PlannedShift | null): boolean =>
  readTabDraft(draftOf(shift)) !== null;

/** A shift's name, place, day and hours, in the chapter's own time zone. */
export function ShiftForm({ shift, onClose, onSaved }: ShiftFormProps) {
  const { t } = useLingui();
  const { timeZone } = useMe().chapter;
  const [first] = useState((): ShiftDraft => {
    const from = shownTime(shift?.startsAt ?? Date.now() + 7 * DAY_MS, timeZone);
    const until = shift === null ? null : shownTime(shift.endsAt, timeZone);
    return {
      name: shift?.name ?? '',
      place: shift?.place ?? '',
      day: from.day,
      from: shift === null ? '10:00' : from.time,
      until: until?.time ?? '13:00',
    };
  });
  const [draft, setDraft] = useState(() => readTabDraft<ShiftDraft>(draftOf(shift)) ?? first);
  useTabDraft(draftOf(shift), JSON.stringify(draft) === JSON.stringify(first) ? null : draft);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const startsAt = zonedTime(draft.day, draft.from, timeZone)?.ms ?? null;
  const sameDay = zonedTime(draft.day, draft.until, timeZone)?.ms ?? null;
  // A shift that ends after midnight ends the day after.
  const endsAt =
    sameDay === null || startsAt === null || sameDay > startsAt ? sameDay : sameDay + DAY_MS;
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: event.target.value }),
  });
  const save = async (): Promise<void> => {
    setAsked(true);
    if (draft.name.trim() === '' || startsAt === null || endsAt === null) return;
    const wish: SaveShift = {
      name: draft.name.trim(),
      place: draft.place.trim(),
      startsAt,
      endsAt,
    };
    setBusy(true);
    const answer =
      shift === null
        ? await callApi('POST', '/v1/shifts', wish)
        : await callApi('PUT', `/v1/shifts/${shift.id}`, wish);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    writeTabDraft(draftOf(shift), null);
    onSaved();
  };
  const missing = asked && (startsAt === null || endsAt === null);
  return (
    <form
      className="panel stack shift-form"
      aria-label={shift === null ? t`A new shift` : t`Change ${shift.name}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <TextField
        label={t`What it is called`}
        maxLength={80}
        autoComplete="off"
        error={asked && draft.name.trim() === '' ? t`Give it a name.` : undefined}
        {...field('name')}
      />
      <TextField
        label={t`Where one meets`}
        maxLength={120}
        autoComplete="off"
        {...field('place')}
      />
      <div className="row shift-when">
        <TextField label={t`Day`} type="date" {...field('day')} />
        <TextField label={t`From`} type="time" {...field('from')} />
        <TextField label={t`Until`} type="time" {...field('until')} />
      </div>
      {missing && (
        <p className="field-error" role="alert">
          <Trans>Say the day, and from when until when.</Trans>
        </p>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={busy}>
          {shift === null ? <Trans>Announce it</Trans> : <Trans>Save</Trans>}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            writeTabDraft(draftOf(shift), null);
            onClose();
          }}
        >
          <Trans>Do not save</Trans>
        </Button>
      </div>
    </form>
  );
}
