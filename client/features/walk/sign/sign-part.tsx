import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconSignature } from '@tabler/icons-react';
import { foldSignatures } from '#shared/canvass/signatures.ts';
import type { PacketPetition } from '#shared/model/petition.ts';
import { chooseLanguage } from '#shared/script/in-language.ts';
import type { SpokenPetition } from '#shared/script/petition-in-language.ts';
import { hashText } from '../../../store/hash-text.ts';
import { Button } from '../../../ui/button.tsx';
import { SignaturePicture } from '../../../ui/signature-picture.tsx';
import { fullName } from '../address-words.ts';
import { spokenAt } from '../door/spoken-at.ts';
import type { AskPartProps } from '../talk/ask-more.tsx';
import { PromiseSheet } from '../promise/promise-sheet.tsx';
import { useSaveGuard } from '../save-guard.tsx';
import { SignDialog } from './sign-dialog.tsx';
import type { Stroke } from './sign-strokes.ts';
import { shortDay } from '../time-words.ts';
import { useWalk } from '../walk-context.ts';

/** The petitions and pledges that are open, each with who signed and a way to sign it on the glass. */
export function SignPart({ row, person, where, language, facts }: AskPartProps) {
  const { t, i18n } = useLingui();
  const { sheet, stateOf } = useWalk();
  const { petitions = [], script } = sheet;
  const { saveWithUndo } = useSaveGuard();
  const [open, setOpen] = useState<PacketPetition | null>(null);
  const [onPaper, setOnPaper] = useState<PacketPetition | null>(null);
  const name = fullName(person);
  const signed = foldSignatures(facts).filter(({ personId }) => personId === person.id);
  if (petitions.length === 0) return null;

  // A script in several languages is on the screen in theirs; one that is not says nothing of it.
  const spoken = spokenAt(stateOf(row.door.id), person.id);
  const said =
    (script?.body.translations ?? []).length > 0 ? [language, spoken] : [spoken, language];
  const wishes = [...said, i18n.locale];

  const sign = async (
    { id: petitionId }: PacketPetition,
    { title, wording, language: signed }: SpokenPetition,
    strokes: readonly Stroke[],
  ): Promise<boolean> => {
    const hashed = { wording, wordingHash: await hashText(wording) };
    const words = { petitionId, ...hashed, ...(signed !== undefined && { language: signed }) };
    const drawn = strokes.map((stroke) => [...stroke]);
    const payload = { doorId: row.door.id, personId: person.id, ...words, strokes: drawn };
    const what = t`Signature of ${name}`;
    const told = t`Signed: ${title}`;
    return (await saveWithUndo({ type: 'signature', payload }, { where, what }, told)) !== null;
  };

  return (
    <section className="question sign-part">
      <h3 className="question-prompt">
        <Trans>Sign on the glass</Trans>
      </h3>
      <ul role="list" className="sign-list">
        {petitions.map((petition) => {
          const found = signed.find(({ petitionId }) => petitionId === petition.id);
          const fact = facts.find(({ opId }) => opId === found?.opId);
          return (
            <li key={petition.id}>
              <span className="grow">
                <b>{petition.title}</b>
                {found !== undefined && (
                  <span className="small quiet sign-when">
                    <Trans>
                      {name} signed on {shortDay(found.at.ms, i18n.locale)}
                    </Trans>
                  </span>
                )}
              </span>
              {fact?.type === 'signature' ? (
                <SignaturePicture strokes={fact.payload.strokes} />
              ) : (
                <Button
                  icon={<IconSignature size={20} aria-hidden />}
                  aria-label={t`Sign: ${petition.title}`}
                  onClick={() => setOpen(petition)}
                >
                  {petition.kind === 'pledge' ? <Trans>Pledge</Trans> : <Trans>Sign</Trans>}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {open !== null && (
        <SignDialog
          petition={open}
          language={chooseLanguage(open, wishes)}
          name={name}
          onClose={() => setOpen(null)}
          onSign={(spoken, strokes) => sign(open, spoken, strokes)}
          onPaper={() => {
            setOnPaper(open);
            setOpen(null);
          }}
        />
      )}
      {onPaper !== null && (
        <PromiseSheet
          row={row}
          person={person}
          where={where}
          text={t`Bring “${onPaper.title}” on paper to be signed`}
          onClose={() => setOnPaper(null)}
        />
      )}
    </section>
  );
}
