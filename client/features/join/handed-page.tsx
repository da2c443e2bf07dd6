import '../../ui/door-words.ts';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCamera } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/make-problem.ts';
import { CONDUCT_VERSION } from '#shared/model/conduct.ts';
import type { PacketSheet } from '../../store/packet-store.ts';
import { clock } from '../../store/phone-store.ts';
import { HANDED_FILES, readTurfFile } from '../../sync/handed-pack.ts';
import { takeOver } from '../../sync/handed-phone.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileChoice } from '../../ui/file-choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { hasCamera } from './code-reader.ts';
import { focusFault } from './focus-fault.ts';
import { HandedScan } from './handed-scan.tsx';
import type { OnPhone } from './use-on-phone.ts';
import { WhoWalks } from './who-walks.tsx';

const DoorRules = lazy(async () => ({
  default: (await import('../../ui/door-rules.tsx')).DoorRules,
}));

export interface HandedPageProps {
  readonly onPhone: OnPhone | null;
  readonly onTaken: (sheet: PacketSheet) => void;
  readonly onBack: () => void;
}

/** A turf from another screen or phone, with no network at all: codes or a file, then its letters. */
export function HandedPage({ onPhone, onTaken, onBack }: HandedPageProps) {
  const [box, setBox] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const [scans, setScans] = useState(false);
  const [noTurf, setNoTurf] = useState(false);
  const taken = useCallback((whole: Uint8Array<ArrayBuffer>) => {
    setScans(false);
    setNoTurf(false);
    setBox(whole);
  }, []);
  const choose = async (file: File): Promise<void> => {
    const whole = await readTurfFile(file);
    if (whole === null) setNoTurf(true);
    else taken(whole);
  };
  return (
    <div className="stack">
      <h2>
        <Trans>A turf with no signal</Trans>
      </h2>
      {noTurf && (
        <Notice tone="problem">
          <Trans>
            This file holds no turf. Choose the one that the other screen or phone has saved.
          </Trans>
        </Notice>
      )}
      {box === null ? (
        <>
          <p>
            <Trans>
              Somebody shows it on a screen, or sends it to this phone as a file: the desk where it
              opens a turf’s code, a phone under “Where my work is”.
            </Trans>
          </p>
          {scans && <HandedScan onWhole={taken} />}
          {!scans && hasCamera() && (
            <Button
              variant="primary"
              size="large"
              wide
              icon={<IconCamera size={22} aria-hidden />}
              onClick={() => setScans(true)}
            >
              <Trans>Look at the codes</Trans>
            </Button>
          )}
          {!hasCamera() && (
            <p className="quiet">
              <Trans>This browser reads no codes: take the turf as a file.</Trans>
            </p>
          )}
          <FileChoice
            accept={HANDED_FILES}
            busy={false}
            wide
            onChoose={(file) => void choose(file)}
          >
            <Trans>Choose the file</Trans>
          </FileChoice>
        </>
      ) : (
        <HandedForm box={box} onPhone={onPhone} onTaken={onTaken} />
      )}
      <Button variant="quiet" wide onClick={onBack}>
        <Trans>Back to the code</Trans>
      </Button>
    </div>
  );
}

interface HandedFormProps extends Pick<HandedPageProps, 'onPhone' | 'onTaken'> {
  readonly box: Uint8Array<ArrayBuffer>;
}

/** The letters, who walks, and that the rules were read: what joining asks too. */
function HandedForm({ box, onPhone, onTaken }: HandedFormProps) {
  const { t } = useLingui();
  const [letters, setLetters] = useState('');
  const [typed, setTyped] = useState('');
  const [who, setWho] = useState<'same' | 'other' | null>(null);
  const [read, setRead] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const noWho = onPhone !== null && who === null;
  const name = who === 'same' && onPhone !== null ? onPhone.memberName : typed.trim();
  const known = who === 'same' && onPhone?.conduct === CONDUCT_VERSION;
  const lacks = noWho || name === '' || letters.trim() === '' || (!known && !read);
  const take = async (): Promise<void> => {
    setAsked(true);
    if (lacks) return focusFault(form.current);
    setBusy(true);
    const conduct = known ? {} : { conduct: { version: CONDUCT_VERSION, at: clock.now() } };
    const sheet = await takeOver(box, letters, { name, asOther: who === 'other', ...conduct });
    setBusy(false);
    setRefusal(sheet.ok ? null : sheet.problem);
    if (sheet.ok) onTaken(sheet.value);
    // It is said at the top, and the button is at the end.
    else form.current?.scrollIntoView();
  };
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <Notice tone="done">
        <Trans>The turf is here, and shut.</Trans>
      </Notice>
      {refusal !== null && <ProblemNotice problem={refusal} />}
      <TextField
        label={<Trans>Ten letters</Trans>}
        hint={<Trans>Whoever hands it over tells them to you.</Trans>}
        className="input-code"
        value={letters}
        autoCapitalize="characters"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={20}
        error={
          asked && letters.trim() === '' ? t`Type the letters of the other screen.` : undefined
        }
        onChange={(event) => setLetters(event.target.value)}
      />
      {onPhone !== null && (
        <WhoWalks onPhone={onPhone} who={who} missing={asked && noWho} onWho={setWho} />
      )}
      {who !== 'same' && (
        <TextField
          label={<Trans>Your name</Trans>}
          hint={<Trans>So that your chapter knows who walks. No email, no password.</Trans>}
          value={typed}
          autoComplete="name"
          maxLength={80}
          error={asked && name === '' ? t`Type a name, as your coordinator knows you.` : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {!known && (
        <Suspense fallback={null}>
          <DoorRules read={read} missing={asked && !read} onRead={setRead} />
        </Suspense>
      )}
      <Button type="submit" variant="primary" size="large" wide busy={busy}>
        <Trans>Open the turf</Trans>
      </Button>
    </form>
  );
}
