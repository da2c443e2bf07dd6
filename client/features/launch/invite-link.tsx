import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCopy, IconLink } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { InviteRemotely, RemoteInvite } from '#shared/model/invite.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';

/** A link for one person who is not at the table; whoever opens it waits to be let in. */
export function InviteLink({ onMade }: { readonly onMade: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [made, setMade] = useState<(RemoteInvite & { readonly name: string }) | null>(null);
  const make = async (): Promise<void> => {
    const wish: InviteRemotely = { name: name.trim() };
    if (wish.name === '') return;
    setBusy(true);
    const answer = await callApi<RemoteInvite>('POST', '/v1/invites', wish);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setMade({ ...answer.value, name: wish.name });
    setName('');
    onMade();
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(made?.url ?? '');
      showToast({ text: t`The link is copied. Send it to ${made?.name ?? ''} alone.` });
    } catch {
      showToast({ text: t`This browser does not let the app copy. Mark the link and copy it.` });
    }
  };
  return (
    <section className="panel stack launch-invite" aria-labelledby="invite-title">
      <h2 id="invite-title">
        <Trans>Invite somebody who is not here</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          A link for one person. It works once, within three days, and whoever opens it waits until
          you let them in.
        </Trans>
      </p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={t`For whom`}
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" busy={busy} icon={<IconLink size={18} aria-hidden />}>
          <Trans>Make the link</Trans>
        </Button>
      </form>
      {problem !== null && <ProblemNotice problem={problem} />}
      {made !== null && (
        <div className="stack" role="status">
          <TextField
            label={t`The link for ${made.name}`}
            hint={t`Shown once. It works until ${format.moment(made.expiresAt)}.`}
            value={made.url}
            readOnly
            onFocus={(event) => event.target.select()}
          />
          <Button icon={<IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
            <Trans>Copy the link</Trans>
          </Button>
        </div>
      )}
    </section>
  );
}
