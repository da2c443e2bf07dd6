import { Trans, useLingui } from '@lingui/react/macro';
import { IconFilter } from '@tabler/icons-react';
import { Link, useLocation, useSearch } from 'wouter';
import type { MapLayers } from '#shared/model/place.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { Universe, UniverseDoors } from '#shared/model/universe.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TurfDesk } from './turf-desk.tsx';
import './turf.css';

/** `/desk/turf`: a universe cut into what one pair walks in a shift. */
export default function DeskTurf() {
  const { t } = useLingui();
  const format = useFormat();
  const universes = useApi<readonly Universe[]>('/v1/universes');
  const layers = useApi<MapLayers>('/v1/map');
  const [, navigate] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get('universe');
  const list = universes.data ?? [];
  const universe = list.find(({ id }) => id === wanted) ?? list[0];
  const turfs = useApi<readonly Turf[]>(universe ? `/v1/turfs?universe=${universe.id}` : null);
  const doors = useApi<UniverseDoors>(universe ? `/v1/universes/${universe.id}/doors` : null);

  if (universes.data && !universe) {
    return (
      <div className="desk-page">
        <PageTitle title={t`Turf`} />
        <EmptyState
          icon={<IconFilter size={28} aria-hidden />}
          title={t`Turf is cut from a universe`}
          action={
            <Link className={buttonClass({ variant: 'primary' })} href="/desk/universes">
              <Trans>Choose whom to knock</Trans>
            </Link>
          }
        >
          <Trans>Save a universe first: whom you want to reach this time, under a name.</Trans>
        </EmptyState>
      </div>
    );
  }
  const head = (
    <>
      <PageTitle title={t`Turf`} />
      {universe && (
        <SelectField
          label={t`Universe`}
          value={universe.id}
          onChange={(event) => navigate(`/desk/turf?universe=${event.target.value}`)}
        >
          {list.map(({ id, name, doors }) => (
            <option key={id} value={id}>
              {t`${name} (${format.number(doors)} doors)`}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
  if (!universe || !layers.data || !turfs.data || !doors.data) {
    const failed = [universes, layers, turfs, doors].find(({ problem }) => problem !== null);
    return (
      <div className="desk-split turf-desk">
        <div className="desk-side">
          {head}
          {failed?.problem ? (
            <ProblemNotice
              problem={failed.problem}
              action={<Button busy={failed.loading} onClick={failed.reload}>{t`Try again`}</Button>}
            />
          ) : (
            <Skeleton lines={6} height="2rem" />
          )}
        </div>
        <div className="desk-map">
          <div className="map-waiting" />
        </div>
      </div>
    );
  }
  return (
    <TurfDesk
      key={universe.id}
      universe={universe}
      source={{ turfs: turfs.data, columns: doors.data }}
      layers={layers.data}
      head={head}
    />
  );
}
