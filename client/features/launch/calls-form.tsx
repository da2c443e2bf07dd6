import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MadeTurfs, MakeCalls } from '#shared/model/turf-kind.ts';
import type { Universe } from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';

const SIZES = [20, 40, 60, 100, 200];
const LISTS = [1, 2, 3, 5, 8, 12, 20, 40];

const DRAFT = 'calls new';

interface CallsDraft {
  readonly name: string;
  readonly chosen: UniverseId | null;
  readonly perList: number;
  readonly lists: number;
}

const NOTHING: CallsDraft = { name: '', chosen: null, perList: 40, lists: 5 };

/** Whether somebody has begun to make call lists and looked at another page. */
export const areCallsBegun = (): boolean => readTabDraft(DRAFT) !== null;

/** Lists of people to call: whoever of a universe has a telephone, shared out over callers. */
export function CallsForm({ onMade }: { readonly onMade: (turfId: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const universes = useApi<readonly Universe[]>('/v1/universes');
  const [draft, setDraft] = useState(() => readTabDraft<CallsDraft>(DRAFT) ?? NOTHING);
  const { name, chosen, perList, lists } = draft;
  const change = (part: Partial<CallsDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [made, setMade] = useState<MadeTurfs | null>(null);
  const isDone = made !== null || JSON.stringify(draft) === JSON.stringify(NOTHING);
  useTabDraft(DRAFT, isDone ? null : draft);
  const make = async (universeId: UniverseId | undefined): Promise<void> => {
    setAsked(true);
    if (name.trim() === '' || universeId === undefined) return;
    setBusy(true);
    const wish: MakeCalls = { name: name.trim(), universeId, perList, lists };
    const answer = await callApi<MadeTurfs>('POST', '/v1/call-lists', wish);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    writeTabDraft(DRAFT, null);
    setMade(answer.value);
  };
  const [first] = made?.turfIds ?? [];
  if (made !== null && first !== undefined) {
    return (
      <Notice
        tone="done"
        title={
          <Plural
            value={made.turfIds.length}
            one="# call list is ready to be handed out."
            other="# call lists are ready to be handed out."
          />
        }
        action={
          <Button variant="primary" onClick={() => onMade(first)}>
            <Trans>Open the first</Trans>
          </Button>
        }
      >
        <Plural value={made.people} one="# person is on them. " other="# people are on them. " />
        {made.more && (
          <Trans>More of the universe have a telephone: make lists again for the next ones.</Trans>
        )}
      </Notice>
    );
  }
  return (
    <ShowData from={universes} lines={4}>
      {(list) => {
        const universeId = chosen ?? list[0]?.id;
        return (
          <form
            className="panel stack launch-other"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (!busy) void make(universeId);
            }}
          >
            <p className="quiet">
              <Trans>
                Whoever of a universe has a telephone and is on no open list. A household stays on
                one list; nobody who asked not to be contacted is on any.
              </Trans>
            </p>
            <TextField
              label={t`What they are called`}
              hint={t`Several lists get a number behind it.`}
              value={name}
              maxLength={74}
              autoComplete="off"
              error={asked && name.trim() === '' ? t`Give them a name.` : undefined}
              onChange={(event) => change({ name: event.target.value })}
            />
            <SelectField
              label={t`Universe`}
              value={universeId ?? ''}
              error={list.length === 0 ? t`Save a universe first.` : undefined}
              onChange={(event) => change({ chosen: event.target.value as UniverseId })}
            >
              {list.map((universe) => (
                <option key={universe.id} value={universe.id}>
                  {t`${universe.name}, ${format.number(universe.people)} people`}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t`People on a list`}
              value={perList}
              onChange={(event) => change({ perList: Number(event.target.value) })}
            >
              {SIZES.map((size) => (
                <option key={size} value={size}>
                  {size}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t`How many lists`}
              hint={t`One for each caller; fewer where there are not so many people.`}
              value={lists}
              onChange={(event) => change({ lists: Number(event.target.value) })}
            >
              {LISTS.map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </SelectField>
            {problem !== null && <ProblemNotice problem={problem} />}
            <Button type="submit" variant="primary" busy={busy}>
              <Trans>Make the lists</Trans>
            </Button>
          </form>
        );
      }}
    </ShowData>
  );
}
