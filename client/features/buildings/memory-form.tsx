import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { type BuildingId, makeId, type OpId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type {
  CorrectBuilding,
  DeskBuilding,
  KnownOfBuilding,
} from '#shared/model/desk-buildings.ts';
import { BUILDING_MEMORY, type BuildingMemory } from '#shared/model/field-words.ts';
import { findSensitiveWords } from '#shared/privacy/sensitive-words.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { TextArea } from '../../ui/field.tsx';
import { memoryWords } from '../../ui/memory-words.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';

const LONGEST = 300;

interface MemoryDraft {
  readonly about: BuildingMemory | null;
  readonly text: string;
  readonly opId: OpId;
}

const draftOf = (id: BuildingId, about: BuildingMemory | 'new'): string =>
  `building ${id} ${about}`;

/** Under which heading somebody has begun to write of a building and looked at another page. */
export function begunMemory(id: BuildingId): BuildingMemory | 'new' | null {
  const all = ['new', ...BUILDING_MEMORY] as const;
  return all.find((about) => readTabDraft(draftOf(id, about)) !== null) ?? null;
}

export interface MemoryFormProps {
  readonly building: DeskBuilding;
  /** What it may be about. */
  readonly headings: readonly BuildingMemory[];
  /** What is said of it so far. */
  readonly known: KnownOfBuilding | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Says what is so of a building, or that what was said is no longer so. */
export function MemoryForm({ building, headings, known, onClose, onSaved }: MemoryFormProps) {
  const { t } = useLingui();
  const place = draftOf(building.id, known?.about ?? 'new');
  const [kept] = useState(() => readTabDraft<MemoryDraft>(place));
  const only = headings.length === 1 ? (headings[0] ?? null) : null;
  const [about, setAbout] = useState(kept?.about ?? only);
  const [text, setText] = useState(kept?.text ?? known?.text ?? '');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Sent again after a lost answer it is the same fact.
  const [opId] = useState(
    () =>
      kept?.opId ??
      makeId<OpId>(Date.now(), (size) => crypto.getRandomValues(new Uint8Array(size))),
  );
  const draft: MemoryDraft = { about, text, opId };
  useTabDraft(place, text === (known?.text ?? '') ? null : draft);
  const [sensitive] = findSensitiveWords(text);
  const words = text.trim();

  const save = async (said: string | null): Promise<void> => {
    if (about === null || said === '') {
      setAsked(true);
      return;
    }
    setBusy(true);
    const body: CorrectBuilding = { opId, about, text: said };
    const answer = await callApi<null>('POST', `/v1/buildings/${building.id}/memory`, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    writeTabDraft(place, null);
    showToast({ text: t`Saved for whoever comes next` });
    onSaved();
  };

  return (
    <form
      className="stack memory-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save(words);
      }}
    >
      {headings.length > 1 && (
        <ChooseOne<BuildingMemory>
          legend={t`What do you know?`}
          options={headings.map((value) => ({ value, label: t(memoryWords[value]) }))}
          value={about}
          onChange={setAbout}
        />
      )}
      <TextArea
        label={known === null || about === null ? t`What is so` : t(memoryWords[about])}
        hint={t`About the building alone: no names, nothing about who lives there.`}
        error={
          asked && about === null
            ? t`Choose what it is, then write it.`
            : asked && words === '' && t`Write what the next person should know.`
        }
        dir="auto"
        rows={2}
        maxLength={LONGEST}
        value={text}
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      <div role="status">
        {sensitive && (
          <Notice title={<Trans>Does this need to be here?</Trans>}>
            <Trans>
              “{sensitive.word}” may tell of somebody’s health, religion or papers, and everyone who
              walks there reads it. You decide.
            </Trans>
          </Notice>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={busy}>{t`Save`}</Button>
        {known !== null && (
          <Button busy={busy} onClick={() => void save(null)}>{t`No longer so`}</Button>
        )}
        <Button
          variant="quiet"
          onClick={() => {
            writeTabDraft(place, null);
            onClose();
          }}
        >{t`Cancel`}</Button>
      </div>
    </form>
  );
}
