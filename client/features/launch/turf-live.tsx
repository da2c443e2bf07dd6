import { useEffect, useMemo, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Invites } from '#shared/model/invite.ts';
import type { SaidOfTurf } from '#shared/model/said-of-turf.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { DoorStanding, TurfDoor } from '#shared/model/turf.ts';
import { largestPart } from '#shared/turf/largest-part.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { gatherDoors } from '../../map/gather-doors.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { BoardTurf } from './board-turf.ts';
import { CodePanel } from './code-panel.tsx';
import { EndTurf } from './end-turf.tsx';
import { HoldList } from './hold-list.tsx';
import { KindMark } from './kind-mark.tsx';
import { ClosedNotice, NextPass } from './next-pass.tsx';
import { StageMark } from './stage-mark.tsx';
import { TurfNumbers } from './turf-numbers.tsx';
import { TurfSaid } from './turf-said.tsx';
import { useHoldWords } from './use-hold-words.ts';

export interface TurfLiveProps {
  readonly one: BoardTurf;
  readonly now: number;
  /** Back to the board as it was looked at. */
  readonly back: string;
  /** Where another turf of the board opens. */
  readonly opens: (turfId: string) => string;
  readonly onChanged: () => void;
  readonly heard: ReadonlyMap<DoorId, DoorStanding>;
  readonly epoch: number;
  readonly invites: Invites | null;
}

/** One turf: its code, how it goes, and its doors on the map as they are knocked. */
export function TurfLive(props: TurfLiveProps) {
  const { one, now, heard, epoch, invites, onChanged } = props;
  const { turf, holds, closedAt, firstId, nextId } = one;
  const { t } = useLingui();
  const format = useFormat();
  const words = useHoldWords();
  const mayLaunch = useMay('launch-turf');
  const doors = useApi<readonly TurfDoor[]>(`/v1/turfs/${turf.id}/doors`);
  const layers = useApi<MapLayers>('/v1/map');
  const said = useApi<readonly SaidOfTurf[]>('/v1/turf-reports');
  const [pressed, setPressed] = useState<number | null>(null);
  const { reload } = doors;
  useEffect(() => {
    if (epoch > 0) reload();
  }, [epoch, reload]);

  const list = doors.data;
  const gathered = useMemo(
    () =>
      list === null
        ? null
        : gatherDoors(
            list.map((door) => ({
              ...door,
              standing: heard.get(door.doorId) ?? door.standing,
              number: door.label.split(' ', 1)[0] ?? '',
            })),
          ),
    [list, heard],
  );
  const outlines = useMemo(
    () => [{ id: turf.id, name: turf.name, hue: turf.hue, outline: largestPart(turf.outline) }],
    [turf.id, turf.name, turf.hue, turf.outline],
  );
  const building = pressed === null ? undefined : gathered?.buildingIds[pressed];
  const there = (list ?? []).filter(({ buildingId }) => buildingId === building);

  return (
    <div className="desk-split launch-split">
      <div className="desk-side">
        <Link className={`${buttonClass({ variant: 'quiet' })} launch-back`} href={props.back}>
          <IconArrowLeft size={18} aria-hidden />
          <span>
            <Trans>All turfs</Trans>
          </span>
        </Link>
        <div>
          <h1 className="launch-title">
            <TurfDot hue={turf.hue} /> {turf.name}
          </h1>
          <p className="launch-title-under">
            <StageMark stage={one.stage} /> <KindMark kind={turf.kind} />{' '}
            <span className="quiet">{words.who(one)}</span>
          </p>
          {mayLaunch && turf.state === 'published' && turf.kind === 'walk' && (
            <p className="small launch-paper">
              <Link href={`/desk/paper?turf=${turf.id}`}>
                <Trans>On paper: print it, or type in what came back</Trans>
              </Link>
            </p>
          )}
          {firstId !== null && (
            <p className="small">
              <Link href={props.opens(firstId)}>
                <Trans>Pass {one.pass}: see the first one</Trans>
              </Link>
            </p>
          )}
        </div>
        <ClosedNotice one={one} next={nextId === null ? null : props.opens(nextId)} />
        {mayLaunch && closedAt === null && (
          <CodePanel key={turf.id} turf={turf} invites={invites} phones={holds.length} />
        )}
        <HoldList one={one} now={now} may={mayLaunch} onChanged={onChanged} />
        <TurfNumbers tally={turf.tally} kind={turf.kind} />
        <TurfSaid said={(said.data ?? []).filter((each) => each.turfId === turf.id)} />
        {turf.tally.lastKnockAt !== null && (
          <p className="small quiet">
            <Trans>Last knock {format.moment(turf.tally.lastKnockAt)}</Trans>
          </p>
        )}
        {mayLaunch && closedAt === null && turf.kind !== 'walk' && (
          <EndTurf turf={turf} phones={holds.length} onChanged={onChanged} />
        )}
        {mayLaunch && closedAt === null && turf.kind !== 'stall' && (
          <NextPass
            key={`pass ${turf.id}`}
            one={one}
            standings={list?.map((door) => heard.get(door.doorId) ?? door.standing) ?? null}
            onChanged={onChanged}
          />
        )}
      </div>
      <div className="desk-map">
        {(doors.problem ?? layers.problem) && (
          <div className="launch-map-problem">
            <ProblemNotice
              problem={doors.problem ?? layers.problem ?? { code: 'server-fault', facts: {} }}
              action={
                <Button
                  onClick={() => {
                    doors.reload();
                    layers.reload();
                  }}
                >{t`Try again`}</Button>
              }
            />
          </div>
        )}
        {layers.data && (
          <LazyMap
            layers={layers.data}
            label={t`Doors of ${turf.name}`}
            controls="desk"
            doors={gathered?.columns ?? null}
            outlines={turf.kind === 'calls' ? [] : outlines}
            turf={turf.kind === 'calls' ? null : largestPart(turf.outline)}
            selected={pressed}
            onSelect={setPressed}
          />
        )}
        {there.length > 0 && <BuildingCard doors={there} heard={heard} />}
      </div>
    </div>
  );
}

interface BuildingCardProps {
  readonly doors: readonly TurfDoor[];
  readonly heard: ReadonlyMap<DoorId, DoorStanding>;
}

const SHOWN = 12;

/** The building that was pressed on the map: its doors and how they stand. */
function BuildingCard({ doors, heard }: BuildingCardProps) {
  const { t } = useLingui();
  const words: Readonly<Record<DoorStanding, string>> = {
    'to-do': t`to do`,
    'not-home': t`not home`,
    contact: t`contact`,
    done: t`done`,
    'do-not-contact': t`do not contact`,
  };
  return (
    <div className="launch-building" role="status">
      <ul role="list">
        {doors.slice(0, SHOWN).map((door) => (
          <li key={door.doorId}>
            <strong>{door.label}</strong>{' '}
            <span className="quiet">{words[heard.get(door.doorId) ?? door.standing]}</span>
          </li>
        ))}
      </ul>
      {doors.length > SHOWN && <p className="small quiet">{t`and ${doors.length - SHOWN} more`}</p>}
    </div>
  );
}
