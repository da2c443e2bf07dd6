import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import { ChooseMany, ChooseOne } from '../../ui/choice.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { SupportScale } from '../../ui/support-scale.tsx';
import type { SupportLevel } from '../../ui/support-words.ts';

/** The script as a canvasser has it in hand. What is tapped here goes nowhere. */
export function ScriptPreview({ body }: { readonly body: ScriptBody }) {
  const { t } = useLingui();
  return (
    <div className="script-phone">
      {body.opening !== '' && <p className="script-say">{body.opening}</p>}
      {body.questions.map((question) => (
        <PreviewQuestion key={`${question.id}-${question.kind}`} question={question} />
      ))}
      {body.closing !== '' && <p className="script-say">{body.closing}</p>}
      {body.opening === '' && body.closing === '' && body.questions.length === 0 && (
        <p className="quiet">{t`What you write shows here as the phone shows it.`}</p>
      )}
    </div>
  );
}

function PreviewQuestion({ question }: { readonly question: Question }) {
  const { t } = useLingui();
  const [level, setLevel] = useState<SupportLevel | null>(null);
  const [one, setOne] = useState<string | null>(null);
  const [many, setMany] = useState<string[]>([]);
  const prompt = question.prompt === '' ? <Trans>(no words yet)</Trans> : question.prompt;
  const options = question.options.map(({ id, label }) => ({
    value: id,
    label: label === '' ? '…' : label,
  }));
  switch (question.kind) {
    case 'support':
      return <SupportScale legend={prompt} value={level} onChange={setLevel} />;
    case 'one':
      return <ChooseOne legend={prompt} options={options} value={one} onChange={setOne} />;
    case 'many':
      return <ChooseMany legend={prompt} options={options} value={many} onChange={setMany} />;
    case 'number':
      return <TextField label={prompt} inputMode="decimal" />;
    case 'date':
      return <TextField label={prompt} type="date" />;
    case 'text':
      return <TextArea label={prompt} placeholder={t`In their own words`} />;
  }
}
