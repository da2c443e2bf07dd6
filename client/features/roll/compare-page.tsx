import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconCircleCheck } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { RollDiff, RollImport, RollSummary } from '#shared/model/roll.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { CompareBar } from './compare-bar.tsx';
import { CompareDecide } from './compare-decide.tsx';
import { CompareFields } from './compare-fields.tsx';
import { ComparePeople } from './compare-people.tsx';
import './compare.css';

/** When more than this part of the roll would leave, the file may be one of a part of the town. */
const MANY_GONE = 0.2;

/** `/desk/roll/compare`: the roll that waits beside the one that stands, or the last one put in place. */
export default function CompareScreen() {
  const { t } = useLingui();
  const roll = useApi<RollSummary>('/v1/roll');
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Compare`}
        under={t`What a newer voter file changes in the roll, before it takes its place.`}
      />
      <div>
        <Link className={buttonClass({ variant: 'quiet' })} href="/desk/roll">
          <IconArrowLeft size={18} aria-hidden />
          <span>
            <Trans>Roll</Trans>
          </span>
        </Link>
      </div>
      <ShowData from={roll} lines={8}>
        {({ imports }) => {
          const one =
            imports.find(({ state }) => state === 'ready') ??
            imports.find(({ canUndo }) => canUndo);
          return one === undefined ? (
            <EmptyState
              icon={<IconCircleCheck size={28} aria-hidden />}
              title={t`No newer roll waits`}
            >
              <Trans>Import a newer voter file, and its differences are shown here.</Trans>
            </EmptyState>
          ) : (
            <Compared key={one.id} one={one} />
          );
        }}
      </ShowData>
    </div>
  );
}

function Compared({ one }: { readonly one: RollImport }) {
  const format = useFormat();
  const [, navigate] = useLocation();
  const diff = useApi<RollDiff>(`/v1/roll/imports/${one.id}/diff`);
  const waits = one.state === 'ready';
  return (
    <section className="panel stack compare" aria-labelledby="compare-title">
      <div>
        <h2 id="compare-title" className="roll-file-name">
          {one.fileName}
        </h2>
        <p className="small quiet">
          {waits ? (
            <Trans>
              Read {format.moment(one.startedAt)}. It waits; everybody works with the roll that
              stands.
            </Trans>
          ) : (
            <Trans>In place. These were its differences from the roll before.</Trans>
          )}
        </p>
      </div>
      <ShowData from={diff} lines={8}>
        {(found) => <Differences diff={found} waits={waits} />}
      </ShowData>
      {waits && diff.data && (
        <CompareDecide importId={one.id} onDecided={() => navigate('/desk/roll')} />
      )}
    </section>
  );
}

function Differences({ diff, waits }: { readonly diff: RollDiff; readonly waits: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const { same, changed, moved, gone } = diff.counts;
  const before = same + changed + moved + gone;
  const left = before === 0 ? 0 : gone / before;
  const differs = diff.counts.new + changed + moved + gone > 0;
  return (
    <>
      <CompareBar counts={diff.counts} />
      {!differs && (
        <p>
          <Trans>The two say the same of everybody.</Trans>
        </p>
      )}
      {waits && left > MANY_GONE && (
        <Notice title={t`${format.percent(left)} of the roll would be gone`}>
          <Trans>
            Is this file of a part of the town only? A new roll replaces the whole one, it adds
            nothing to it.
          </Trans>
        </Notice>
      )}
      {waits && (
        <ul className="compare-kept">
          <li>
            <Trans>
              Knocks, answers, notes and do-not-contact stay, and follow people who moved.
            </Trans>
          </li>
          <li>
            <Trans>
              The roll of now is kept until the next file is read, so that this can be undone.
            </Trans>
          </li>
        </ul>
      )}
      <CompareFields fields={diff.fields} />
      {diff.kept && <ComparePeople diff={diff} />}
    </>
  );
}
