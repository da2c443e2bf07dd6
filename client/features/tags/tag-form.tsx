import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MakeTag, Tag } from '#shared/model/tag.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TagWarning } from './tag-warning.tsx';

const DRAFT = 'tag new';

/** A new tag by its name. */
export function TagForm({ onMade }: { readonly onMade: (tag: Tag) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState(() => readTabDraft<string>(DRAFT) ?? '');
  useTabDraft(DRAFT, name === '' ? null : name);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const lacks = asked && name.trim() === '';

  const make = async (): Promise<void> => {
    if (name.trim() === '') {
      setAsked(true);
      return;
    }
    setBusy(true);
    const body: MakeTag = { name };
    const answer = await callApi<Tag>('POST', '/v1/tags', body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    writeTabDraft(DRAFT, null);
    setName('');
    setAsked(false);
    onMade(answer.value);
  };

  return (
    <form
      className="stack tag-form"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div className="row tag-new">
        <TextField
          label={<Trans>New tag</Trans>}
          maxLength={60}
          autoComplete="off"
          value={name}
          error={lacks ? t`Give it a name first.` : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          icon={<IconPlus size={18} aria-hidden />}
        >
          <Trans>Add</Trans>
        </Button>
      </div>
      <TagWarning name={name} />
      {problem && <ProblemNotice problem={problem} />}
    </form>
  );
}
