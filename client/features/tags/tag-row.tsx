import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArchive, IconArrowBackUp, IconPencil, IconUsers } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ChangeTag, Tag } from '#shared/model/tag.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TagCarrierList } from './tag-carrier-list.tsx';
import { TagWarning } from './tag-warning.tsx';

export interface TagRowProps {
  readonly tag: Tag;
  readonly onChanged: (tag: Tag) => void;
  /** Somebody else has changed it meanwhile. */
  readonly onStale: () => void;
}

/** One tag: its name, how many carry it, and what can be done with it. */
export function TagRow({ tag, onChanged, onStale }: TagRowProps) {
  const { t } = useLingui();
  const place = `tag ${tag.id}`;
  /** Null while nobody gives it another one. */
  const [name, setName] = useState(() => readTabDraft<string>(place));
  useTabDraft(place, name === tag.name ? null : name);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isRetired = tag.retiredAt !== null;

  const leave = (): void => {
    writeTabDraft(place, null);
    setName(null);
  };
  const change = async (wish: ChangeTag): Promise<void> => {
    setBusy(true);
    const path = `/v1/tags/${tag.id}`;
    const answer = await callApi<Tag>('PATCH', path, wish, { ifMatch: tag.version });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) {
      leave();
      onChanged(answer.value);
    } else if (answer.problem.code === 'version-changed') onStale();
  };

  return (
    <li className="tag-row">
      {name === null ? (
        <div className="tag-bar">
          <span className="tag-name">{tag.name}</span>
          <Button
            variant="quiet"
            icon={<IconUsers size={18} aria-hidden />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <Plural value={tag.people} _0="nobody yet" one="# person" other="# people" />
          </Button>
          {!isRetired && (
            <Button
              variant="quiet"
              icon={<IconPencil size={18} aria-hidden />}
              aria-label={t`Rename ${tag.name}`}
              onClick={() => setName(tag.name)}
            >
              <Trans>Rename</Trans>
            </Button>
          )}
          <Button
            variant="quiet"
            busy={busy}
            icon={
              isRetired ? (
                <IconArrowBackUp size={18} aria-hidden />
              ) : (
                <IconArchive size={18} aria-hidden />
              )
            }
            aria-label={isRetired ? t`Offer ${tag.name} again` : t`Retire ${tag.name}`}
            onClick={() => void change({ retired: !isRetired })}
          >
            {isRetired ? <Trans>Offer again</Trans> : <Trans>Retire</Trans>}
          </Button>
        </div>
      ) : (
        <form
          className="tag-bar"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void change({ name });
          }}
        >
          <TextField
            label={t`Name of the tag`}
            autoFocus
            maxLength={60}
            value={name}
            hint={t`Everyone who carries it keeps it, under the new name.`}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" variant="primary" busy={busy}>
            <Trans>Save</Trans>
          </Button>
          <Button onClick={leave}>
            <Trans>Cancel</Trans>
          </Button>
        </form>
      )}
      {name !== null && <TagWarning name={name} />}
      {problem && <ProblemNotice problem={problem} />}
      {open && <TagCarrierList tag={tag} />}
    </li>
  );
}
