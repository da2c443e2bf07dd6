import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceFloppy, IconPlus, IconSend } from '@tabler/icons-react';
import type { Script } from '#shared/model/script.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { languageName } from '../../ui/language-name.ts';
import { addQuestion, changeQuestion, findGaps, moveBy, putBackQuestion } from './edit-draft.ts';
import {
  addTranslation,
  putBackTranslation,
  removeTranslation,
  setWords,
} from './edit-translation.ts';
import { KIND_WORDS, KINDS } from './kind-words.ts';
import { LacksWords } from './lacks-words.tsx';
import { LanguageBar } from './language-bar.tsx';
import { makeOptionId, makeQuestionId } from './make-ids.ts';
import { PublishedList } from './published-list.tsx';
import { QuestionCard } from './question-card.tsx';
import { ScriptPreview } from './script-preview.tsx';
import { TranslationEditor } from './translation-editor.tsx';
import { useScript } from './use-script.ts';

const MOST_QUESTIONS = 60;

export interface ScriptEditorProps {
  readonly script: Script;
  readonly onSaved: (script: Script) => void;
}

/** The draft as a list in order, beside it what the phone will show. */
export function ScriptEditor({ script, onSaved }: ScriptEditorProps) {
  const { t, i18n } = useLingui();
  const editing = useScript(script, onSaved);
  const { draft, change, dirty, save } = editing;
  const [asking, setAsking] = useState(false);
  const [triedToPublish, setTriedToPublish] = useState(false);
  const [spoken, setSpoken] = useState('');
  const [language, setLanguage] = useState<string | null>(null);
  const open = draft.translations?.find((one) => one.language === language);
  const gaps = findGaps(draft);
  const nameless = editing.name.trim() === '';

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (dirty && !nameless) void save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [dirty, nameless, save]);

  const remove = (at: number): void => {
    const removed = draft.questions[at];
    if (removed === undefined) return;
    change((now) => ({ ...now, questions: now.questions.filter(({ id }) => id !== removed.id) }));
    showToast({
      text: t`Question ${at + 1} is removed from the draft.`,
      action: {
        label: t`Undo`,
        onPress: () => change((now) => putBackQuestion(now, removed, at)),
      },
    });
  };
  const move = (at: number, by: -1 | 1): void => {
    change((now) => ({ ...now, questions: [...moveBy(now.questions, at, by)] }));
    const to = at + by;
    if (to >= 0 && to < draft.questions.length) {
      setSpoken(t`Question ${at + 1} is now question ${to + 1}.`);
    }
  };
  const removeLanguage = (tag: string): void => {
    const removed = draft.translations?.find((one) => one.language === tag);
    if (removed === undefined) return;
    setLanguage(null);
    change((now) => removeTranslation(now, tag));
    showToast({
      text: t`${languageName(tag, i18n.locale)} is removed from the draft.`,
      action: {
        label: t`Undo`,
        onPress: () => change((now) => putBackTranslation(now, removed)),
      },
    });
  };
  const askToPublish = (): void => {
    setTriedToPublish(true);
    if (gaps.length === 0 && !nameless) return setAsking(true);
    setLanguage(null);
    const first = gaps.find((gap) => 'question' in gap);
    if (first)
      document.getElementById(`card-${first.question}`)?.querySelector('textarea')?.focus();
  };
  const publish = async (): Promise<void> => {
    const done = await editing.publish();
    setAsking(false);
    if (done) showToast({ text: t`Published. Phones that join from now on ask these questions.` });
  };
  const next = (script.published[0]?.number ?? 0) + 1;

  return (
    <>
      <div className="script-bar">
        <div className="grow script-name">
          <TextField
            label={t`Name of the script`}
            maxLength={120}
            value={editing.name}
            error={nameless ? t`Give the script a name.` : null}
            onChange={(event) => editing.setName(event.target.value)}
          />
        </div>
        <Pill tone={dirty ? 'phone' : 'done'} live>
          {dirty ? t`Not saved yet` : t`Draft saved`}
        </Pill>
        <Button
          icon={<IconDeviceFloppy size={18} aria-hidden />}
          busy={editing.busy === 'save'}
          disabled={!dirty || nameless}
          onClick={() => {
            if (dirty && !nameless) void editing.save();
          }}
        >{t`Save draft`}</Button>
        <Button
          variant="primary"
          icon={<IconSend size={18} aria-hidden />}
          busy={editing.busy === 'publish'}
          onClick={askToPublish}
        >{t`Publish`}</Button>
      </div>
      {editing.problem?.code === 'version-changed' ? (
        <Notice tone="problem" title={t`Somebody else saved this script meanwhile`}>
          <p>
            <Trans>
              Your words are still here, and theirs are on the server. Look at theirs in another tab
              before you choose.
            </Trans>
          </p>
          <div className="row">
            <Button
              onClick={() => void editing.saveOverTheirs()}
            >{t`Save mine over theirs`}</Button>
            <Button
              variant="danger"
              onClick={() => void editing.takeTheirs()}
            >{t`Drop mine, load theirs`}</Button>
          </div>
        </Notice>
      ) : (
        editing.problem && <ProblemNotice problem={editing.problem} />
      )}
      {triedToPublish && gaps.length > 0 && (
        <Notice tone="problem">
          {gaps[0]?.kind === 'no-questions'
            ? t`Add a question first. A script without one has nothing to bring home.`
            : t`Not published yet: some questions are not finished. They are marked below.`}
        </Notice>
      )}
      <LanguageBar
        draft={draft}
        open={open?.language ?? null}
        onOpen={setLanguage}
        onSource={(tag) => change((now) => ({ ...now, language: tag }))}
        onAdd={(tag) => {
          change((now) => addTranslation(now, tag, i18n.locale));
          setLanguage(tag);
        }}
        onRemove={removeLanguage}
      />
      <div className="script-columns">
        {open !== undefined ? (
          <div className="script-list">
            <TranslationEditor
              draft={draft}
              translation={open}
              onWrite={(place, text) => change((now) => setWords(now, open.language, place, text))}
            />
          </div>
        ) : (
          <div className="stack script-list">
            <TextArea
              label={t`Opening`}
              hint={t`What to say first: who you are, from where, why you are here.`}
              maxLength={4000}
              value={draft.opening}
              onChange={(event) => {
                const opening = event.target.value;
                change((now) => ({ ...now, opening }));
              }}
            />
            <ol role="list" className="stack" aria-label={t`Questions`}>
              {draft.questions.map((question, at) => (
                <QuestionCard
                  key={question.id}
                  question={question}
                  questions={draft.questions}
                  gaps={
                    triedToPublish
                      ? gaps.filter((gap) => 'question' in gap && gap.question === question.id)
                      : []
                  }
                  onChange={(edit) => change((now) => changeQuestion(now, question.id, edit))}
                  onMove={(by) => move(at, by)}
                  onRemove={() => remove(at)}
                />
              ))}
            </ol>
            {draft.questions.length < MOST_QUESTIONS && (
              <fieldset className="script-add">
                <legend>
                  <Trans>Add a question</Trans>
                </legend>
                {KINDS.map((kind) => (
                  <Button
                    key={kind}
                    icon={<IconPlus size={18} aria-hidden />}
                    onClick={() =>
                      change((now) => addQuestion(now, makeQuestionId(), kind, makeOptionId))
                    }
                  >
                    {t(KIND_WORDS[kind])}
                  </Button>
                ))}
              </fieldset>
            )}
            <TextArea
              label={t`Closing`}
              hint={t`What to say last, whatever they answered.`}
              maxLength={4000}
              value={draft.closing}
              onChange={(event) => {
                const closing = event.target.value;
                change((now) => ({ ...now, closing }));
              }}
            />
            <p className="small quiet">
              <Trans>
                <kbd>Alt</kbd> <kbd>↑</kbd> and <kbd>Alt</kbd> <kbd>↓</kbd> move what you are in.{' '}
                <kbd>Ctrl</kbd> <kbd>S</kbd> saves.
              </Trans>
            </p>
            <PublishedList versions={script.published} />
          </div>
        )}
        <aside className="script-aside" aria-label={t`Preview`}>
          <h2>
            <Trans>On the phone</Trans>
          </h2>
          <ScriptPreview body={draft} language={open?.language ?? null} />
        </aside>
      </div>
      <p className="for-readers" aria-live="polite">
        {spoken}
      </p>
      <ConfirmDialog
        open={asking}
        title={t`Publish version ${next}?`}
        action={t`Publish`}
        busy={editing.busy === 'publish'}
        onConfirm={() => void publish()}
        onCancel={() => setAsking(false)}
      >
        <Trans>
          A published version never changes, because answers name it. Phones that join from now on
          ask these questions. Walks under way keep the version they have.
        </Trans>
        <LacksWords draft={draft} />
      </ConfirmDialog>
    </>
  );
}
