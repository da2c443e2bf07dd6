import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconBooks } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { TurfSet } from '#shared/model/turf-library.ts';
import type { Universe } from '#shared/model/universe.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import type { BoardTurf } from './board-turf.ts';
import { KeepSet } from './keep-set.tsx';
import { SetActions } from './set-actions.tsx';

export interface TurfLibraryProps {
  readonly turfs: readonly BoardTurf[];
  readonly back: string;
  /** Drafts were made. */
  readonly onChanged: () => void;
}

/** `/desk/launch?library=1`: turfs that were kept under a name, to be used again. */
export function TurfLibrary({ turfs, back, onChanged }: TurfLibraryProps) {
  const { t } = useLingui();
  const sets = useApi<readonly TurfSet[]>('/v1/turf-sets');
  const universes = useApi<readonly Universe[]>('/v1/universes');
  const [keeps, setKeeps] = useState(false);
  const canKeep = turfs.length > 0;
  const keep = canKeep && !keeps && (
    <Button variant="primary" onClick={() => setKeeps(true)}>
      <Trans>Keep turfs</Trans>
    </Button>
  );
  return (
    <div className="desk-page launch-page">
      <Link className={`${buttonClass({ variant: 'quiet' })} launch-back`} href={back}>
        <IconArrowLeft size={18} aria-hidden />
        <span>
          <Trans>All turfs</Trans>
        </span>
      </Link>
      <PageTitle
        title={t`Library of turfs`}
        under={t`Cut once, walked again: names, outlines, buildings and walks, without anybody who lives there.`}
        actions={sets.data !== null && sets.data.length > 0 ? keep : undefined}
      />
      {keeps && (
        <KeepSet
          turfs={turfs}
          universes={universes.data ?? []}
          onCancel={() => setKeeps(false)}
          onKept={() => {
            setKeeps(false);
            sets.reload();
          }}
        />
      )}
      <ShowData from={sets} lines={4}>
        {(list) =>
          list.length === 0 ? (
            !keeps && (
              <EmptyState
                icon={<IconBooks size={28} aria-hidden />}
                title={t`No turfs are kept yet`}
                action={keep === false ? undefined : keep}
              >
                <Trans>
                  Keep the turfs of a universe under a name. They can be used in another.
                </Trans>
              </EmptyState>
            )
          ) : (
            <ul role="list" className="stack" aria-label={t`Kept turfs`}>
              {list.map((set) => (
                <li key={set.id} className="panel stack">
                  <SetWords set={set} />
                  <SetActions
                    set={set}
                    universes={universes.data ?? []}
                    onChanged={sets.reload}
                    onUsed={onChanged}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </ShowData>
    </div>
  );
}

function SetWords({ set }: { readonly set: TurfSet }) {
  const { t } = useLingui();
  const format = useFormat();
  const by = set.keptBy ?? t`somebody who is no longer known`;
  return (
    <div>
      <h2>{set.name}</h2>
      <p className="quiet">
        <Plural value={set.turfs} one="# turf" other="# turfs" />
        {', '}
        <Plural value={set.buildings} one="# building" other="# buildings" />
        {'. '}
        <Trans>
          Of “{set.universeName}”, kept by {by} {format.moment(set.keptAt)}.
        </Trans>
      </p>
    </div>
  );
}
