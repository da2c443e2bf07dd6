import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ListedInvite } from '#shared/model/invite.ts';
import type { Turf } from '#shared/model/turf.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';

export interface WaitingPeopleProps {
  readonly invites: readonly ListedInvite[];
  readonly turfs: readonly Turf[];
  readonly onChanged: () => void;
}

/** Links that are out, and who waits behind one: let in with a turf, or refused. */
export function WaitingPeople({ invites, turfs, onChanged }: WaitingPeopleProps) {
  const { t } = useLingui();
  if (invites.length === 0) return null;
  return (
    <ul role="list" className="stack launch-waiting" aria-label={t`Invited by link`}>
      {invites.map((invite) => (
        <li key={invite.id} className={invite.state === 'waiting' ? 'notice notice-info' : 'panel'}>
          {invite.state === 'waiting' ? (
            <Asking invite={invite} turfs={turfs} onChanged={onChanged} />
          ) : (
            <Unopened invite={invite} onChanged={onChanged} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  readonly invite: ListedInvite;
  readonly onChanged: () => void;
}

function Asking({ invite, turfs, onChanged }: RowProps & { readonly turfs: readonly Turf[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const free = turfs.find(({ holders }) => holders.length === 0) ?? turfs[0];
  const [turfId, setTurfId] = useState<string>(free?.id ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const decide = async (deed: 'approve' | 'refuse'): Promise<void> => {
    setBusy(true);
    const path = `/v1/invites/${invite.id}/${deed}`;
    const answer = await callApi<null>('POST', path, deed === 'approve' ? { turfId } : undefined);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok && deed === 'approve') showToast({ text: t`${invite.given ?? ''} is in.` });
    onChanged();
  };
  return (
    <div className="stack launch-asking">
      <p>
        <strong>
          <Trans>{invite.given} waits to be let in.</Trans>
        </strong>{' '}
        {invite.given === invite.name ? (
          <Trans>{invite.by} made the link for this name.</Trans>
        ) : (
          <Trans>
            {invite.by} made the link for <strong>{invite.name}</strong>. Is that the same person?
          </Trans>
        )}{' '}
        <span className="quiet">
          <Trans>They wait until {format.moment(invite.expiresAt)}.</Trans>
        </span>
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
      <SelectField
        label={t`Turf for ${invite.given ?? ''}`}
        value={turfId}
        onChange={(event) => setTurfId(event.target.value)}
      >
        {turfs.map(({ id, name, holders }) => (
          <option key={id} value={id}>
            {holders.length === 0 ? t`${name} (free)` : `${name} (${holders.join(', ')})`}
          </option>
        ))}
      </SelectField>
      <div className="row">
        <Button
          variant="primary"
          busy={busy}
          disabled={turfId === ''}
          onClick={() => void decide('approve')}
        >
          <Trans>Let in</Trans>
        </Button>
        <Button busy={busy} onClick={() => void decide('refuse')}>
          <Trans>Refuse</Trans>
        </Button>
      </div>
    </div>
  );
}

function Unopened({ invite, onChanged }: RowProps) {
  const format = useFormat();
  const takeBack = async (): Promise<void> => {
    await callApi<null>('POST', `/v1/invites/${invite.id}/refuse`);
    onChanged();
  };
  return (
    <div className="row launch-unopened">
      <p>
        <strong>{invite.name}</strong>{' '}
        <span className="quiet">
          <Trans>
            has not opened the link yet. It works until {format.moment(invite.expiresAt)}.
          </Trans>
        </span>
      </p>
      <Button variant="quiet" onClick={() => void takeBack()}>
        <Trans>Take the link back</Trans>
      </Button>
    </div>
  );
}
