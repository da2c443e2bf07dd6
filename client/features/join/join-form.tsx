import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import { CONDUCT_VERSION } from '#shared/model/conduct.ts';
import { clock } from '../../store/phone-store.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { JoinWish } from '../../sync/join.ts';
import { focusFault } from './focus-fault.ts';
import { tidyCode } from './read-code.ts';
import { ScanCode } from './scan-code.tsx';
import type { OnPhone } from './use-on-phone.ts';
import { WhoWalks } from './who-walks.tsx';

const DoorRules = lazy(async () => ({
  default: (await import('../../ui/door-rules.tsx')).DoorRules,
}));

export interface Typed {
  readonly code: string;
  readonly name: string;
  /** Who takes the turf where somebody walks on this phone already; null: not said. */
  readonly who: 'same' | 'other' | null;
  /** The rules for the doors have been read. */
  readonly read: boolean;
}

export interface JoinFormProps {
  /** The code of a scanned link; null when it is to be typed. */
  readonly linkCode: string | null;
  readonly problem: Problem | null;
  readonly onPhone: OnPhone | null;
  /** What was typed: kept outside, so that a refused code does not empty the form. */
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
  /** The camera has read a code. */
  readonly onScanned: (code: string) => void;
  readonly onJoin: (wish: JoinWish) => void;
}

/** The code, unless it came with the link, and a name. Nothing else is asked, but that the rules were read. */
export function JoinForm(props: JoinFormProps) {
  const { linkCode, problem, onPhone, typed, onType, onScanned, onJoin } = props;
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const scanned = useCallback(
    (found: string) => {
      onScanned(found);
      // The camera is gone, and with it where one was.
      nameField.current?.focus();
    },
    [onScanned],
  );
  // A link that was refused can be replaced by a code that is read out.
  const byLink = linkCode !== null && problem?.code !== 'code-refused';
  const code = byLink ? linkCode : tidyCode(typed.code);
  const noCode = code === '';
  const { who } = typed;
  const noWho = onPhone !== null && who === null;
  const name = who === 'same' && onPhone !== null ? onPhone.memberName : typed.name.trim();
  const noName = name === '';
  // Whoever has read this version on this phone is not asked again.
  const known = who === 'same' && onPhone?.conduct === CONDUCT_VERSION;
  const notRead = !known && !typed.read;

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (noCode || noName || noWho || notRead) return focusFault(event.currentTarget);
        const conduct = known ? {} : { conduct: { version: CONDUCT_VERSION, at: clock.now() } };
        onJoin({ code, name, asOther: who === 'other', ...conduct });
      }}
    >
      {problem !== null && <ProblemNotice problem={problem} />}
      {onPhone !== null && (
        <WhoWalks
          onPhone={onPhone}
          who={who}
          missing={asked && noWho}
          onWho={(next) => onType({ ...typed, who: next })}
        />
      )}
      {byLink ? (
        <Notice tone="done">
          <Trans>Your code came with the link.</Trans>
        </Notice>
      ) : (
        <TextField
          label={<Trans>Code</Trans>}
          hint={<Trans>Ten letters and numbers from your coordinator</Trans>}
          className="input-code"
          value={typed.code}
          placeholder="7K3MQ-9TX4B"
          autoCapitalize="characters"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={40}
          error={asked && noCode ? t`Type the code that your coordinator shows.` : undefined}
          onChange={(event) => onType({ ...typed, code: event.target.value })}
        />
      )}
      {!byLink && <ScanCode onCode={scanned} />}
      {who !== 'same' && (
        <TextField
          ref={nameField}
          label={<Trans>Your name</Trans>}
          hint={<Trans>So that your chapter knows who walks. No email, no password.</Trans>}
          value={typed.name}
          autoComplete="name"
          maxLength={80}
          error={asked && noName ? t`Type a name, as your coordinator knows you.` : undefined}
          onChange={(event) => onType({ ...typed, name: event.target.value })}
        />
      )}
      {!known && (
        <Suspense fallback={null}>
          <DoorRules
            read={typed.read}
            missing={asked && notRead}
            onRead={(read) => onType({ ...typed, read })}
          />
        </Suspense>
      )}
      <Button type="submit" variant="primary" size="large" wide>
        <Trans>Get my turf</Trans>
      </Button>
    </form>
  );
}
