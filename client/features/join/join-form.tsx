import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tidyCode } from './read-code.ts';
import type { OnPhone } from './use-on-phone.ts';

export interface Typed {
  readonly code: string;
  readonly name: string;
}

export interface JoinFormProps {
  /** The code of a scanned link; null when it is to be typed. */
  readonly linkCode: string | null;
  readonly problem: Problem | null;
  readonly onPhone: OnPhone | null;
  /** What was typed: kept outside, so that a refused code does not empty the form. */
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
  readonly onJoin: (code: string, name: string) => void;
}

/** The code, unless it came with the link, and a name. Nothing else is asked. */
export function JoinForm(props: JoinFormProps) {
  const { linkCode, problem, onPhone, typed, onType, onJoin } = props;
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  // A link that was refused can be replaced by a code that is read out.
  const byLink = linkCode !== null && problem?.code !== 'code-refused';
  const code = byLink ? linkCode : tidyCode(typed.code);
  const noCode = code === '';
  const noName = typed.name.trim() === '';

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!noCode && !noName) onJoin(code, typed.name.trim());
      }}
    >
      {problem !== null && <ProblemNotice problem={problem} />}
      {onPhone !== null && <AlreadyHere onPhone={onPhone} />}
      {byLink ? (
        <Notice tone="done">
          <Trans>Your code came with the link.</Trans>
        </Notice>
      ) : (
        <TextField
          label={<Trans>Code</Trans>}
          hint={<Trans>Eight letters and numbers from your coordinator</Trans>}
          className="input-code"
          value={typed.code}
          placeholder="7K3M-Q9TX"
          autoCapitalize="characters"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={40}
          error={asked && noCode ? t`Type the code that your coordinator shows.` : undefined}
          onChange={(event) => onType({ ...typed, code: event.target.value })}
        />
      )}
      <TextField
        label={<Trans>Your name</Trans>}
        hint={<Trans>So that your chapter knows who walks. No email, no password.</Trans>}
        value={typed.name}
        autoComplete="name"
        maxLength={80}
        error={asked && noName ? t`Type a name, as your coordinator knows you.` : undefined}
        onChange={(event) => onType({ ...typed, name: event.target.value })}
      />
      <Button type="submit" variant="primary" size="large" wide>
        <Trans>Get my turf</Trans>
      </Button>
    </form>
  );
}

function AlreadyHere({ onPhone }: { readonly onPhone: OnPhone }) {
  const { turfName, memberName, unsent } = onPhone;
  if (turfName === null && unsent === 0) return null;
  return (
    <Notice
      action={
        turfName === null ? undefined : (
          <Link className={buttonClass({})} href="/walk">
            <Trans>Go on walking</Trans>
          </Link>
        )
      }
    >
      {turfName !== null && (
        <p>
          <Trans>
            {memberName} walks {turfName} on this phone. A new code puts another turf in its place.
          </Trans>
        </p>
      )}
      {unsent > 0 && (
        <p>
          <Trans>
            {unsent} saved by {memberName} are not sent yet. They stay on this phone and go under
            that name.
          </Trans>
        </p>
      )}
    </Notice>
  );
}
