import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceFloppy, IconSend, IconTrash } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Petition, PetitionKind, SavePetition } from '#shared/model/petition.ts';
import { callApi } from '../../api/call.ts';
import { useUnsavedWork } from '../../shell/unsaved-work.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { PetitionLanguages } from './petition-languages.tsx';

export interface PetitionDraftProps {
  readonly petition: Petition;
  readonly onChanged: (petition: Petition) => void;
  readonly onDeleted: () => void;
  /** Somebody else changed it meanwhile. */
  readonly onReload: () => void;
}

/** A petition that nobody can sign yet: its words can still be changed. */
export function PetitionDraft({ petition, onChanged, onDeleted, onReload }: PetitionDraftProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState(petition.kind);
  const [title, setTitle] = useState(petition.title);
  const [wording, setWording] = useState(petition.wording);
  const [language, setLanguage] = useState(petition.language);
  const [translations, setTranslations] = useState(petition.translations ?? []);
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
  useUnsavedWork(dirty);

  const save = async (): Promise<Petition | null> => {
    const body: SavePetition = {
      kind,
      title: title.trim(),
      wording: wording.trim(),
      ...(language !== undefined && { language }),
      ...(translations.length > 0 && { translations: [...translations] }),
    };
    const ifMatch = petition.version;
    const answer = await callApi<Petition>('PUT', path, body, { ifMatch });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return null;
    setTitle(answer.value.title);
    setWording(answer.value.wording);
    setTranslations(answer.value.translations ?? []);
    onChanged(answer.value);
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
  const remove = async (): Promise<void> => {
    setBusy('delete');
    const ifMatch = petition.version;
    const answer = await callApi<null>('DELETE', path, undefined, { ifMatch });
    setBusy(null);
    setAsking(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onDeleted();
  };

  return (
    <section className="stack petition">
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            problem.code === 'version-changed' ? (
              <Button onClick={onReload}>{t`Load it again`}</Button>
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
