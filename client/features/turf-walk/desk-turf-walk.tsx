import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconRoute } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { MapLayers } from '#shared/model/place.ts';
import type { TurfWalk } from '#shared/model/turf-walk.ts';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { WalkEditor } from './walk-editor.tsx';
import './turf-walk.css';

/** `/desk/turf/:id/walk`: in which order a turf is walked, how far that is, and how long it takes. */
export default function DeskTurfWalk({ turfId }: { readonly turfId: string }) {
  const { t } = useLingui();
  const walk = useApi<TurfWalk>(`/v1/turfs/${turfId}/walk`);
  const layers = useApi<MapLayers>('/v1/map');
  const head = (
    <PageTitle
      over={
        <Link className="turf-walk-back" href="/desk/turf">
          <IconArrowLeft className="flips" size={16} aria-hidden /> <Trans>Turf</Trans>
        </Link>
      }
      title={walk.data?.name ?? t`Walk`}
    />
  );
  if (walk.data === null || layers.data === null) {
    return (
      <div className="desk-page">
        {head}
        {walk.problem?.code === 'not-found' ? (
          <EmptyState
            icon={<IconRoute size={28} aria-hidden />}
            title={<Trans>The chapter has no such turf</Trans>}
            action={
              <Link className={buttonClass({ variant: 'primary' })} href="/desk/turf">
                <Trans>Go to the turfs</Trans>
              </Link>
            }
          >
            <Trans>It may be gone, or not be kept yet: keep the plan, then look at its walk.</Trans>
          </EmptyState>
        ) : walk.data === null ? (
          <ShowData from={walk}>{() => null}</ShowData>
        ) : (
          <ShowData from={layers}>{() => null}</ShowData>
        )}
      </div>
    );
  }
  return <WalkEditor key={turfId} first={walk.data} layers={layers.data} head={head} />;
}
