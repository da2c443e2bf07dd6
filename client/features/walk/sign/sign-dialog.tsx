import { useEffect, useId, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconEraser, IconX } from '@tabler/icons-react';
import type { PacketPetition } from '#shared/model/petition.ts';
import { languagesOf } from '#shared/script/in-language.ts';
import { petitionInLanguage, type SpokenPetition } from '#shared/script/petition-in-language.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ChooseLanguage } from '../talk/choose-language.tsx';
import { SignPad } from './sign-pad.tsx';
import { isSigned, type Stroke } from './sign-strokes.ts';

export interface SignDialogProps {
  readonly petition: PacketPetition;
  /** In which of its languages to begin; null: its own. */
  readonly language: string | null;
  /** Who signs. */
  readonly name: string;
  readonly onClose: () => void;
  /** Resolves with true once it is durable. */
  readonly onSign: (signed: SpokenPetition, strokes: readonly Stroke[]) => Promise<boolean>;
  /** They cannot draw: paper is promised instead. */
  readonly onPaper: () => void;
}

/** The words and below them the field: what the person at the door holds in hand. */
export function SignDialog(props: SignDialogProps) {
  const { petition, language, name, onClose, onSign, onPaper } = props;
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [tag, setTag] = useState(language);
  const shown = petitionInLanguage(petition, tag);
  const languages = languagesOf(petition);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const sign = async (): Promise<void> => {
    if (!isSigned(strokes)) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const saved = await onSign(shown, strokes);
    setBusy(false);
    if (saved) onClose();
  };

  // What was drawn under other words is no name under these.
  const turnTo = (next: string): void => {
    setTag(next);
    setStrokes([]);
  };

  return (
    <dialog
      ref={dialog}
      className="sign-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="row row-apart">
        <h2 id={titleId} lang={shown.language} dir="auto">
          {shown.title}
        </h2>
        <IconButton icon={<IconX size={22} aria-hidden />} label={t`Close`} onClick={onClose} />
      </header>
      <div className="sign-words" tabIndex={0} role="region" aria-labelledby={titleId}>
        {languages.length > 1 && (
          <div className="sign-languages">
            <ChooseLanguage
              legend={t`Language of the petition`}
              languages={languages}
              value={shown.language ?? ''}
              onChange={turnTo}
            />
          </div>
        )}
        <p className="sign-wording" lang={shown.language} dir="auto">
          {shown.wording}
        </p>
        <details className="small">
          <summary>
            <Trans>They cannot sign on the glass</Trans>
          </summary>
          <p>
            <Trans>
              A typed name is no signature, so there is no field for one. Whoever cannot draw, or
              does not want to, can sign on paper: promise to bring it.
            </Trans>
          </p>
          <Button onClick={onPaper}>
            <Trans>Promise to bring paper</Trans>
          </Button>
        </details>
      </div>
      <div className="sign-foot">
        <SignPad strokes={strokes} onChange={setStrokes} name={name} />
        {/* Always as high: the field must not move under a finger that draws. */}
        <p className="field-error sign-missing" role="alert">
          {asked && !isSigned(strokes) && <Trans>Draw the name in the field first.</Trans>}
        </p>
        <div className="sign-acts">
          <Button
            icon={<IconArrowBackUp size={20} aria-hidden />}
            disabled={strokes.length === 0}
            onClick={() => setStrokes((before) => before.slice(0, -1))}
          >
            <Trans>Undo line</Trans>
          </Button>
          <Button
            icon={<IconEraser size={20} aria-hidden />}
            disabled={strokes.length === 0}
            onClick={() => setStrokes([])}
          >
            <Trans>Clear</Trans>
          </Button>
          <Button variant="primary" size="large" busy={busy} onClick={() => void sign()}>
            <Trans>Sign</Trans>
          </Button>
        </div>
      </div>
    </dialog>
  );
}
