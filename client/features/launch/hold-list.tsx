import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ExtendHold, TurfHold } from '#shared/model/launch.ts';
import { LONGEST_HOLD } from '#shared/model/launch-limits.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { TakeBack } from '#shared/sync/phones.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { BoardTurf } from './board-turf.ts';
import { useHoldWords } from './use-hold-words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface HoldListProps {
  readonly one: BoardTurf;
  readonly now: number;
  readonly may: boolean;
  readonly onChanged: () => void;
}

/** Who is in a turf, phone by phone: since and until when, and what is still on the phone alone. */
export function HoldList({ one, now, may, onChanged }: HoldListProps) {
  const { t } = useLingui();
  const all = [...one.holds, ...one.over];
  if (all.length === 0) return null;
  return (
    <section className="stack launch-holds" aria-labelledby="holds-title">
      <h2 id="holds-title">{one.holds.length > 1 ? t`They share it live` : t`Who has it`}</h2>
      <ul role="list" className="stack" aria-live="polite">
        {all.map((hold) => (
          <li key={hold.deviceId} className="panel">
            <Hold turf={one.turf} hold={hold} now={now} may={may} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface HoldProps extends Omit<HoldListProps, 'one'> {
  readonly turf: Turf;
  readonly hold: TurfHold;
}

function Hold({ turf, hold, now, may, onChanged }: HoldProps) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useHoldWords();
  const [asked, setAsked] = useState<'back' | 'extend' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { deviceId, memberName: name, from, until, unsent, lastSeenAt, purgedAt } = hold;
  const runs = until > now;
  const send = async (deed: string, body: TakeBack | ExtendHold, said: string): Promise<void> => {
    setBusy(true);
    const answer = await callApi<null>('POST', `/v1/turfs/${turf.id}/${deed}`, body);
    setBusy(false);
    setAsked(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) showToast({ text: said });
    onChanged();
  };
  return (
    <div className="stack launch-hold">
      <p>
        <strong>{name}</strong>{' '}
        <span className="small quiet">
          {t`since ${words.when(from, now)}`}, {words.until(hold, now)}
        </span>
      </p>
      <p className="small quiet">
        {unsent !== null && unsent > 0 && (
          <span className="launch-unsent">{t`${format.number(unsent)} not sent yet. `}</span>
        )}
        {lastSeenAt !== null && <Trans>Last heard of {words.when(lastSeenAt, now)}.</Trans>}{' '}
        {!runs &&
          (purgedAt === null
            ? t`The phone deletes the list the next time it is heard of, and still brings its knocks.`
            : t`The phone has deleted the list.`)}
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
      {may && runs && asked !== 'extend' && (
        <div className="row">
          <Button onClick={() => setAsked('back')} aria-label={t`Take it back from ${name}`}>
            <Trans>Take back</Trans>
          </Button>
          <Button
            variant="quiet"
            onClick={() => setAsked('extend')}
            aria-label={t`Until when ${name} keeps it`}
          >
            <Trans>Until when</Trans>
          </Button>
        </div>
      )}
      {asked === 'extend' && (
        <UntilForm
          now={now}
          busy={busy}
          onCancel={() => setAsked(null)}
          onSet={(next) => {
            const said = t`${name} keeps ${turf.name} until ${format.moment(next)}.`;
            void send('extend', { deviceId, until: next }, said);
          }}
        />
      )}
      <ConfirmDialog
        open={asked === 'back'}
        title={t`Take ${turf.name} back from ${name}?`}
        action={t`Take back`}
        busy={busy}
        onCancel={() => setAsked(null)}
        onConfirm={() =>
          void send('take-back', { deviceId }, t`${name} no longer has ${turf.name}.`)
        }
      >
        <Trans>
          The phone is told the next time it has signal, and deletes the list. What was knocked
          before then still comes and counts.
        </Trans>
      </ConfirmDialog>
    </div>
  );
}

interface UntilFormProps {
  readonly now: number;
  readonly busy: boolean;
  readonly onSet: (until: number) => void;
  readonly onCancel: () => void;
}

/** Lengths rather than clocks: a shift, a day, a week. */
function UntilForm({ now, busy, onSet, onCancel }: UntilFormProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [chosen, setChosen] = useState(String(4 * HOUR));
  const lengths = [2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 2 * DAY, 7 * DAY, LONGEST_HOLD];
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        // Whole minutes, and never later than the longest from the server's now.
        const until = Date.now() + Number(chosen);
        onSet(Number(chosen) === LONGEST_HOLD ? until - 60_000 : until);
      }}
    >
      <SelectField
        label={t`Keeps it until`}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        {lengths.map((ms) => (
          <option key={ms} value={String(ms)}>
            {format.moment(now + ms)}
          </option>
        ))}
      </SelectField>
      <div className="row">
        <Button type="submit" variant="primary" busy={busy}>
          <Trans>Set</Trans>
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
