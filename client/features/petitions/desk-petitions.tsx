import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconSignature } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Petition, SavePetition } from '#shared/model/petition.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { AskedSection } from './asked-section.tsx';
import { isPetitionBegun, PetitionDraft } from './petition-draft.tsx';
import { PetitionTabs } from './petition-tabs.tsx';
import { PetitionView } from './petition-view.tsx';
import './petitions.css';

/** `/desk/petitions`: what people sign on the glass, who has, and what else they are asked. */
export default function DeskPetitions() {
  const { t } = useLingui();
  const petitions = useApi<readonly Petition[]>('/v1/petitions');
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const create = async (): Promise<void> => {
    setBusy(true);
    const body: SavePetition = { kind: 'petition', title: t`New petition`, wording: '' };
    const answer = await callApi<Petition>('POST', '/v1/petitions', body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const made = answer.value;
    petitions.put((before) => [made, ...before]);
    setChosen(made.id);
  };
  const changed = (next: Petition): void =>
    petitions.put((before) => before.map((one) => (one.id === next.id ? next : one)));

  return (
    <div className="desk-page">
      <PageTitle
        title={t`Petitions`}
        under={t`What people sign at the door, on the glass of a canvasser’s phone.`}
        actions={
          petitions.data !== null && petitions.data.length > 0 ? (
            <Button
              icon={<IconPlus size={18} aria-hidden />}
              busy={busy}
              onClick={() => void create()}
            >{t`New petition`}</Button>
          ) : undefined
        }
      />
      {problem && <ProblemNotice problem={problem} />}
      <ShowData from={petitions} lines={6}>
        {(list) => {
          const petition =
            list.find(({ id }) => id === chosen) ?? list.find(isPetitionBegun) ?? list[0];
          if (petition === undefined) {
            return (
              <EmptyState
                icon={<IconSignature size={28} aria-hidden />}
                title={t`Nothing to sign yet`}
                action={
                  <Button variant="primary" busy={busy} onClick={() => void create()}>
                    {t`Write the first petition`}
                  </Button>
                }
              >
                <Trans>
                  A petition asks somebody for something, a pledge says what its signer will do.
                  Every phone offers it in the talk with a person, with or without signal.
                </Trans>
              </EmptyState>
            );
          }
          return (
            <>
              <PetitionTabs list={list} here={petition} onChoose={setChosen} />
              {petition.state === 'draft' ? (
                <PetitionDraft
                  key={petition.id}
                  petition={petition}
                  onChanged={changed}
                  onDeleted={() =>
                    petitions.put((before) => before.filter(({ id }) => id !== petition.id))
                  }
                />
              ) : (
                <PetitionView key={petition.id} petition={petition} onChanged={changed} />
              )}
            </>
          );
        }}
      </ShowData>
      <AskedSection />
    </div>
  );
}
