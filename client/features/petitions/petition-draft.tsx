import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceFloppy, IconSend, IconTrash } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Petition, PetitionKind, SavePetition } from '#shared/model/petition.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { PetitionLanguages } from './petition-languages.tsx';

/** What is written on a petition and not saved: over which version, and its words. */
type KeptPetition = Pick<
  Petition,
  'version' | 'kind' | 'title' | 'wording' | 'language' | 'translations'
>;

const draftOf = (id: string): string => `petition ${id}`;

/** Whether somebody has begun to write this petition and looked at another page. */
export const isPetitionBegun = ({ id }: Petition): boolean => readTabDraft(draftOf(id)) !== null;

export interface PetitionDraftProps {
  readonly petition: Petition;
  readonly onChanged: (petition: Petition) => void;
  readonly onDeleted: () => void;
}

/** A petition that nobody can sign yet: its words can still be changed. */
export function PetitionDraft({ petition, onChanged, onDeleted }: PetitionDraftProps) {
  const { t } = useLingui();
  const place = draftOf(petition.id);
  const [first] = useState(() => readTabDraft<KeptPetition>(place) ?? petition);
  const [kind, setKind] = useState(first.kind);
  const [title, setTitle] = useState(first.title);
  const [wording, setWording] = useState(first.wording);
  const [language, setLanguage] = useState(first.language);
  const [translations, setTranslations] = useState(first.translations ?? []);
  // Who saved since is heard of when this is saved.
  const [over, setOver] = useState(first.version);
  const [busy, setBusy] = useState<'save' | 'open' | 'delete' | null>(null);
  const [asking, setAsking] = useState<'open' | 'delete' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = `/v1/petitions/${petition.id}`;
  const dirty =
    kind !== petition.kind ||
    title !== petition.title ||
    wording !== petition.wording ||
    language !== petition.language ||
    JSON.stringify(translations) !== JSON.stringify(petition.translations ?? []);
  const lacks = [{ wording }, ...translations].some((one) => one.wording.trim() === '');
  const kept = { version: over, kind, title, wording, language, translations };
  useTabDraft(place, dirty ? (kept satisfies KeptPetition) : null);

  const show = (saved: Petition): void => {
    setKind(saved.kind);
    setTitle(saved.title);
    setWording(saved.wording);
    setLanguage(saved.language);
    setTranslations(saved.translations ?? []);
    setOver(saved.version);
    onChanged(saved);
  };
  const save = async (seen = over): Promise<Petition | null> => {
    const body: SavePetition = {
      kind,
      title: title.trim(),
      wording: wording.trim(),
      ...(language !== undefined && { language }),
      ...(translations.length > 0 && { translations: [...translations] }),
    };
    const answer = await callApi<Petition>('PUT', path, body, { ifMatch: seen });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return null;
    show(answer.value);
    return answer.value;
  };
  const saveDraft = async (): Promise<void> => {
    setBusy('save');
    if ((await save()) !== null) showToast({ text: t`Draft saved` });
    setBusy(null);
  };
  const open = async (): Promise<void> => {
    setBusy('open');
    const ready = dirty ? await save() : petition;
    if (ready !== null) {
      const ifMatch = ready.version;
      const answer = await callApi<Petition>('POST', `${path}/open`, undefined, { ifMatch });
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) onChanged(answer.value);
    }
    setBusy(null);
    setAsking(null);
  };
  const settle = async (mine: boolean): Promise<void> => {
    setBusy('save');
    const answer = await callApi<readonly Petition[]>('GET', '/v1/petitions');
    const theirs = answer.ok ? answer.value.find(({ id }) => id === petition.id) : undefined;
    if (!answer.ok) setProblem(answer.problem);
    else if (theirs === undefined) onDeleted();
    else if (mine && theirs.state === 'draft') await save(theirs.version);
    else {
      setProblem(null);
      show(theirs);
    }
    setBusy(null);
  };
  const remove = async (): Promise<void> => {
    setBusy('delete');
    const ifMatch = petition.version;
    const answer = await callApi<null>('DELETE', path, undefined, { ifMatch });
    setBusy(null);
    setAsking(null);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    writeTabDraft(place, null);
    onDeleted();
  };

  return (
    <section className="stack petition">
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            problem.code === 'version-changed' ? (
              <>
                <Button onClick={() => void settle(true)}>{t`Save mine over theirs`}</Button>
                <Button
                  variant="danger"
                  onClick={() => void settle(false)}
                >{t`Drop mine, load theirs`}</Button>
              </>
            ) : undefined
          }
        />
      )}
      <TextField
        label={t`Title`}
        value={title}
        maxLength={120}
        onChange={(event) => setTitle(event.target.value)}
      />
      <ChooseOne<PetitionKind>
        legend={t`What is it?`}
        value={kind}
        options={[
          { value: 'petition', label: t`A petition: it asks somebody for something` },
          { value: 'pledge', label: t`A pledge: its signer will do something` },
        ]}
        onChange={setKind}
      />
      <TextArea
        label={t`What people sign`}
        hint={t`Word for word, as it stands above the field. Short words get read at a door.`}
        rows={8}
        maxLength={4000}
        value={wording}
        onChange={(event) => setWording(event.target.value)}
      />
      <PetitionLanguages
        language={language}
        translations={translations}
        onSource={setLanguage}
        onChange={setTranslations}
      />
      <div className="row">
        <Button
          variant="primary"
          icon={<IconSend size={18} aria-hidden />}
          disabled={title.trim() === '' || lacks}
          onClick={() => setAsking('open')}
        >{t`Open for signatures`}</Button>
        <Button
          icon={<IconDeviceFloppy size={18} aria-hidden />}
          busy={busy === 'save'}
          disabled={!dirty || title.trim() === ''}
          onClick={() => void saveDraft()}
        >{t`Save draft`}</Button>
        <Button
          variant="quiet"
          icon={<IconTrash size={18} aria-hidden />}
          onClick={() => setAsking('delete')}
        >{t`Delete draft`}</Button>
      </div>
      <ConfirmDialog
        open={asking === 'open'}
        title={t`Open “${title}” for signatures?`}
        action={t`Open it`}
        busy={busy === 'open'}
        onCancel={() => setAsking(null)}
        onConfirm={() => void open()}
      >
        <Trans>
          Every phone offers it from its next contact on. The words stay as they are from now on, so
          that nobody has signed something else. You can close it at any time.
        </Trans>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'delete'}
        danger
        title={t`Delete this draft?`}
        action={t`Delete it`}
        busy={busy === 'delete'}
        onCancel={() => setAsking(null)}
        onConfirm={() => void remove()}
      >
        <Trans>Nobody has signed it. It does not come back.</Trans>
      </ConfirmDialog>
    </section>
  );
}
