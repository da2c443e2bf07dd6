import { Trans, useLingui } from '@lingui/react/macro';
import { useOnline } from '../../api/use-online.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { PlanWork } from './use-plan.ts';
import type { Publishing } from './use-publish.ts';

export interface PlanProblemProps {
  readonly work: PlanWork;
  readonly publishing: Publishing;
}

/** What could not be done, and the way on; that a reload was survived; that there is no signal. */
export function PlanProblem({ work, publishing }: PlanProblemProps) {
  const { t } = useLingui();
  const online = useOnline();
  const said = work.problem ?? publishing.problem;
  // That there is no network is said already.
  const problem = said?.code === 'no-network' && !online ? null : said;
  const load = async (): Promise<void> => {
    const theirs = await work.load();
    if (theirs === null) return;
    showToast({
      text:
        theirs.length === 0
          ? t`Loaded again. Your work is still here.`
          : t`${theirs.join(', ')}: now as somebody else left it. All other work of yours is still here.`,
    });
  };
  return (
    <>
      {!online && work.unkept > 0 && (
        <Notice tone="offline">
          <Trans>
            No network. Go on cutting: your work stays in this tab, and is kept when the network is
            back and you press Keep.
          </Trans>
        </Notice>
      )}
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            work.refused && (
              <Button busy={work.busy} onClick={() => void load()}>
                {t`Load theirs, keep mine`}
              </Button>
            )
          }
        />
      )}
      {work.takenUp && work.unkept > 0 && problem === null && (
        <Notice>
          <Trans>Here is what you had not kept before the page was loaded anew.</Trans>
        </Notice>
      )}
    </>
  );
}
