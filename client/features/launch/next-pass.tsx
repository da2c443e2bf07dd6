import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconRepeat } from '@tabler/icons-react';
import { Link, useLocation, useSearch } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { NextPass as NextPassWish, PassTurf } from '#shared/model/launch.ts';
import type { DoorStanding } from '#shared/model/turf.ts';
import { callApi } from '../../api/call.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { BoardTurf } from './board-turf.ts';

export interface NextPassProps {
  readonly one: BoardTurf;
  /** How its doors stand; null while they are asked for. */
  readonly standings: readonly DoorStanding[] | null;
  readonly onChanged: () => void;
}

/** The doors that are left make the next pass; the one that was walked closes. */
export function NextPass({ one, standings, onChanged }: NextPassProps) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState(false);
  const [doors, setDoors] = useState<NextPassWish['doors']>('no-contact');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { turf, holds } = one;
  const search = useSearch();
  const count = (...which: readonly DoorStanding[]): number =>
    (standings ?? []).filter((standing) => which.includes(standing)).length;
  const [notHome, toDo] = [count('not-home'), count('to-do')];
  // Before somebody has begun it would be the same turf once more.
  if (turf.tally.knocks === 0 || standings === null) return null;
  if (notHome + toDo === 0) {
    return (
      <p className="quiet">
        <Trans>No door is left for another pass.</Trans>
      </p>
    );
  }
  const make = async (): Promise<void> => {
    setBusy(true);
    const wish: NextPassWish = { doors, publish: true };
    const answer = await callApi<PassTurf>('POST', `/v1/turfs/${turf.id}/next-pass`, wish);
    setBusy(false);
    setAsked(false);
    setProblem(answer.ok ? null : answer.problem);
    onChanged();
    if (!answer.ok) return;
    showToast({ text: t`${answer.value.name} is ready to be handed out.` });
    const said = new URLSearchParams(search);
    said.set('turf', answer.value.turfId);
    navigate(`/desk/launch?${said.toString()}`);
  };
  return (
    <section className="stack launch-pass">
      {problem !== null && <ProblemNotice problem={problem} />}
      <Button icon={<IconRepeat size={18} aria-hidden />} onClick={() => setAsked(true)}>
        <Trans>Next pass with the doors left</Trans>
      </Button>
      <ConfirmDialog
        open={asked}
        title={t`Make the next pass of ${turf.name}?`}
        action={t`Make it`}
        busy={busy}
        ready={doors === 'no-contact' || toDo > 0}
        onCancel={() => setAsked(false)}
        onConfirm={() => void make()}
      >
        <div className="stack">
          <ChooseOne<NextPassWish['doors']>
            legend={t`Which doors`}
            value={doors}
            onChange={setDoors}
            options={[
              {
                value: 'no-contact',
                label: t`Where nobody was spoken with`,
                count: notHome + toDo,
              },
              { value: 'not-knocked', label: t`Where nobody knocked`, count: toDo },
            ]}
          />
          <p>
            <Trans>
              {turf.name} closes, and its codes open nothing more. The order of the walk stays, and
              the new list shows what was done before.
            </Trans>
          </p>
          {holds.length > 0 && (
            <p>
              <Plural
                value={holds.length}
                one="# phone is still out with it: it keeps its list, and its knocks arrive and count."
                other="# phones are still out with it: they keep their list, and their knocks arrive and count."
              />
            </p>
          )}
        </div>
      </ConfirmDialog>
    </section>
  );
}

/** A turf whose place the next pass took. */
export function ClosedNotice({
  one,
  next,
}: {
  readonly one: BoardTurf;
  readonly next: string | null;
}) {
  if (one.closedAt === null) return null;
  return (
    <Notice
      action={
        next !== null && (
          <Link className={buttonClass({})} href={next}>
            <Trans>Open the next pass</Trans>
          </Link>
        )
      }
    >
      <Trans>
        This pass is over: the doors that were left are in the next one. What phones still bring
        counts here.
      </Trans>
    </Notice>
  );
}
