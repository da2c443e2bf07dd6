import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Given } from '#shared/model/fact.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import { sayInLanguage } from '#shared/script/in-language.ts';
import { askedQuestions } from '#shared/script/next-question.ts';
import { ChooseMany, ChooseOne } from '../../ui/choice.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { SupportScale } from '../../ui/support-scale.tsx';
import type { SupportLevel } from '../../ui/support-words.ts';

export interface ScriptPreviewProps {
  readonly body: ScriptBody;
  /** Null: the script's own. */
  readonly language: string | null;
}

/** The script as a canvasser has it in hand, branches and all. What is tapped here goes nowhere. */
export function ScriptPreview({ body, language }: ScriptPreviewProps) {
  const { t } = useLingui();
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({});
  const { opening, questions, closing } = sayInLanguage(body, language);
  const asked = new Set(askedQuestions(body.questions, given).map(({ id }) => id));
  return (
    <div className="script-phone">
      {opening.text !== '' && (
        <p className="script-say" lang={opening.language} dir="auto">
          {opening.text}
        </p>
      )}
      {questions
        .filter(({ question }) => asked.has(question.id))
        .map(({ question, language: tag }) => (
          <div key={`${question.id}-${question.kind}`} lang={tag} dir="auto">
            <PreviewQuestion
              question={question}
              given={given[question.id] ?? null}
              onGive={(answer) => setGiven((before) => ({ ...before, [question.id]: answer }))}
            />
          </div>
        ))}
      {asked.size < questions.length && (
        <p className="small quiet">
          <Trans>Other questions follow other answers: tap them to see.</Trans>
        </p>
      )}
      {closing.text !== '' && (
        <p className="script-say" lang={closing.language} dir="auto">
          {closing.text}
        </p>
      )}
      {body.opening === '' && body.closing === '' && body.questions.length === 0 && (
        <p className="quiet">{t`What you write shows here as the phone shows it.`}</p>
      )}
    </div>
  );
}

interface PreviewQuestionProps {
  readonly question: Question;
  readonly given: Given | null;
  readonly onGive: (given: Given) => void;
}

function PreviewQuestion({ question, given, onGive }: PreviewQuestionProps) {
  const { t } = useLingui();
  const prompt = question.prompt === '' ? <Trans>(no words yet)</Trans> : question.prompt;
  const options = question.options.map(({ id, label }) => ({
    value: id,
    label: label === '' ? '…' : label,
  }));
  switch (question.kind) {
    case 'support':
      return (
        <SupportScale
          legend={prompt}
          value={given?.kind === 'support' ? (given.level as SupportLevel) : null}
          onChange={(level) => onGive({ kind: 'support', level })}
        />
      );
    case 'one':
      return (
        <ChooseOne
          legend={prompt}
          options={options}
          value={given?.kind === 'one' ? given.option : null}
          onChange={(option) => onGive({ kind: 'one', option })}
        />
      );
    case 'many':
      return (
        <ChooseMany
          legend={prompt}
          options={options}
          value={given?.kind === 'many' ? given.options : []}
          onChange={(picked) => onGive({ kind: 'many', options: picked })}
        />
      );
    case 'number':
      return (
        <TextField
          label={prompt}
          inputMode="decimal"
          onChange={({ target }) => onGive({ kind: 'number', number: Number(target.value) || 0 })}
        />
      );
    case 'date':
      return (
        <TextField
          label={prompt}
          type="date"
          onChange={({ target }) => onGive({ kind: 'date', date: target.value })}
        />
      );
    case 'text':
      return (
        <TextArea
          label={prompt}
          placeholder={t`In their own words`}
          onChange={({ target }) => onGive({ kind: 'text', text: target.value })}
        />
      );
  }
}
