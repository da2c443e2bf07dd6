import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import type { MemberId } from '#shared/kernel/ids.ts';
import type {
  FollowUpEnd,
  FollowUpMember,
  ListedFollowUp,
  SaveFollowUp,
} from '#shared/model/follow-up.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Pill } from '../../ui/pill.tsx';
import { EndDialog } from './end-dialog.tsx';
import { isOverdue } from './sort-promises.ts';

export interface PromiseCardProps {
  readonly promise: ListedFollowUp;
  readonly members: readonly FollowUpMember[];
  readonly today: string;
  /** Resolves with true once it is saved. */
  readonly onSave: (change: Partial<SaveFollowUp>) => Promise<boolean>;
}

/** One promise: what, to whom, by whom, by when, and how it ended. */
export function PromiseCard({ promise, members, today, onSave }: PromiseCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [ending, setEnding] = useState<FollowUpEnd | null>(null);
  const { text, person, address, turf, end, note, whoId, by } = promise;
  const nameOf = (id: MemberId): string =>
    members.find((one) => one.id === id)?.name ?? t`somebody`;
  const maker = nameOf(promise.madeBy);
  const made = format.moment(promise.at);

  const save = async (change: Partial<SaveFollowUp>): Promise<void> => {
    setBusy(true);
    await onSave(change);
    setBusy(false);
    setEnding(null);
  };

  return (
    <article className="panel promise" data-ended={end === null ? undefined : ''}>
      <div className="promise-words">
        <h2 className="promise-what">{text}</h2>
        <p>
          {person !== null && person !== '' && <b>{person}, </b>}
          {address}
          {turf !== null && <span className="quiet"> · {turf}</span>}
        </p>
        <p className="small quiet">
          <Trans>
            promised by {maker}, {made}
          </Trans>
        </p>
        <p className="row">
          {isOverdue(promise, today) && <Pill tone="danger">{t`Overdue`}</Pill>}
          {end === null && by === today && <Pill tone="phone">{t`Today`}</Pill>}
          {promise.doNotContact && <Pill tone="danger">{t`Asked not to be contacted`}</Pill>}
          {end === 'kept' && (
            <Pill tone="done">{t({ message: 'Kept', context: 'a promise' })}</Pill>
          )}
          {end === 'dropped' && <Pill>{t`Cannot be kept`}</Pill>}
        </p>
        {end !== null && promise.endedAt !== null && (
          <p className="small quiet">
            {promise.endedBy === null ? '' : `${promise.endedBy}, `}
            {format.moment(promise.endedAt)}
          </p>
        )}
        {note !== '' && <p className="promise-note">{note}</p>}
      </div>
      {end === null ? (
        <div className="promise-acts">
          <SelectField
            label={t`Who keeps it`}
            value={whoId ?? ''}
            disabled={busy}
            onChange={(event) =>
              void save({ whoId: members.find(({ id }) => id === event.target.value)?.id ?? null })
            }
          >
            <option value="">{t`Nobody yet`}</option>
            {members
              .filter(({ here, id }) => here || id === whoId)
              .map(({ id, name, here }) => (
                <option key={id} value={id}>
                  {here ? name : t`${name} (left)`}
                </option>
              ))}
          </SelectField>
          <TextField
            type="date"
            label={t`By`}
            defaultValue={by ?? ''}
            disabled={busy}
            onBlur={(event) => {
              const next = event.target.value === '' ? null : event.target.value;
              if (next !== by) void save({ by: next });
            }}
          />
          <div className="row">
            <Button
              variant="primary"
              icon={<IconCheck size={18} aria-hidden />}
              aria-label={t`Kept: ${text}`}
              onClick={() => setEnding('kept')}
            >
              {t({ message: 'Kept', context: 'a promise' })}
            </Button>
            <Button
              icon={<IconX size={18} aria-hidden />}
              aria-label={t`Cannot be kept: ${text}`}
              onClick={() => setEnding('dropped')}
            >{t`Cannot be kept`}</Button>
          </div>
        </div>
      ) : (
        promise.endedHere && (
          <div className="promise-acts">
            <Button
              variant="quiet"
              icon={<IconArrowBackUp size={18} aria-hidden />}
              busy={busy}
              onClick={() => void save({ end: null })}
            >{t`Open it again`}</Button>
          </div>
        )
      )}
      {ending !== null && (
        <EndDialog
          end={ending}
          text={text}
          note={note}
          busy={busy}
          onCancel={() => setEnding(null)}
          onEnd={(said) => void save({ end: ending, note: said })}
        />
      )}
    </article>
  );
}
