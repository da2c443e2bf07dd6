import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconHeartHandshake } from '@tabler/icons-react';
import { dayIn } from '#shared/kernel/instant.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { FollowUpPage, ListedFollowUp, SaveFollowUp } from '#shared/model/follow-up.ts';
import { callApi } from '../../api/call.ts';
import { useMe } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useNow } from '../../api/use-now.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { PromiseCard } from './promise-card.tsx';
import { PROMISE_VIEWS, promisesOf, type PromiseView } from './sort-promises.ts';
import './follow-ups.css';

const ASK_MS = 60_000;

/** `/desk/follow-ups`: what was promised at doors, who keeps it and by when. */
export default function DeskFollowUps() {
  const { t } = useLingui();
  const me = useMe();
  const page = useApi<FollowUpPage>('/v1/follow-ups');
  const today = dayIn(useNow(ASK_MS), me.chapter.timeZone);
  const [view, setView] = useState<PromiseView>('open');
  const [problem, setProblem] = useState<Problem | null>(null);
  useReloadEvery(page.reload, ASK_MS);

  const save = async (promise: ListedFollowUp, change: Partial<SaveFollowUp>): Promise<boolean> => {
    const { whoId, by, end, note } = promise;
    const body: SaveFollowUp = { whoId, by, end, note, ...change };
    const path = `/v1/follow-ups/${promise.id}`;
    const answer = await callApi<FollowUpPage>('PUT', path, body, { ifMatch: promise.version });
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) page.put(() => answer.value);
    else if (answer.problem.code === 'version-changed') page.reload();
    return answer.ok;
  };

  return (
    <div className="desk-page">
      <PageTitle
        title={t`Promises`}
        under={t`What was promised at doors, who keeps it and by when.`}
      />
      {problem && <ProblemNotice problem={problem} />}
      <ShowData from={page} lines={8}>
        {({ promises, members, older }) => {
          if (promises.length === 0) {
            return (
              <EmptyState
                icon={<IconHeartHandshake size={28} aria-hidden />}
                title={t`Nothing was promised yet`}
                action={<Button onClick={page.reload} busy={page.loading}>{t`Look again`}</Button>}
              >
                <Trans>
                  In the talk with a person a canvasser can promise something: a yard sign, a ride,
                  a call. It shows here until somebody has kept it.
                </Trans>
              </EmptyState>
            );
          }
          const who = { me: me.member.id as string, today };
          const shown = promisesOf(promises, view, who);
          const words: Readonly<Record<PromiseView, string>> = {
            open: t({ message: 'Open', context: 'promises' }),
            mine: t`Mine`,
            overdue: t`Overdue`,
            ended: t({ message: 'Ended', context: 'promises' }),
          };
          return (
            <>
              <Segmented<PromiseView>
                label={t`Which promises`}
                value={view}
                options={PROMISE_VIEWS.map((one) => ({
                  value: one,
                  label: `${words[one]} ${promisesOf(promises, one, who).length}`,
                }))}
                onChange={setView}
              />
              {shown.length === 0 ? (
                <p className="quiet">
                  {view === 'mine' ? (
                    <Trans>You have nothing to keep.</Trans>
                  ) : view === 'overdue' ? (
                    <Trans>Nothing is overdue.</Trans>
                  ) : view === 'open' ? (
                    <Trans>Every promise was kept.</Trans>
                  ) : (
                    <Trans>None has ended yet.</Trans>
                  )}
                </p>
              ) : (
                <ul role="list" className="promises">
                  {shown.map((promise) => (
                    <li key={`${promise.id} ${promise.version}`}>
                      <PromiseCard
                        promise={promise}
                        members={members}
                        today={today}
                        onSave={(change) => save(promise, change)}
                      />
                    </li>
                  ))}
                </ul>
              )}
              {view === 'ended' && older > 0 && (
                <p className="small quiet">
                  <Plural
                    value={older}
                    one="# older one is in the archive and in the file of follow-ups."
                    other="# older ones are in the archive and in the file of follow-ups."
                  />
                </p>
              )}
            </>
          );
        }}
      </ShowData>
    </div>
  );
}
