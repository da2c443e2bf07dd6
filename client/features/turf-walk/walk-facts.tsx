import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { TurfWalk, WalkPace } from '#shared/model/turf-walk.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Stat } from '../../ui/stat.tsx';

export interface WalkFactsProps {
  readonly walk: TurfWalk;
  /** The figures are of the wish before: they are being computed. */
  readonly behind: boolean;
  readonly byHand: boolean;
}

/** How far, how long, and how near to the shortest there is; and what is only a guess. */
export function WalkFacts({ walk, behind, byHand }: WalkFactsProps) {
  const { t } = useLingui();
  const format = useFormat();
  const pace = useApi<WalkPace>('/v1/walk-pace').data;
  const doors = walk.stops.reduce((sum, stop) => sum + stop.doors.length, 0);
  const above = walk.lowerBound > 0 ? Math.ceil((100 * walk.length) / walk.lowerBound - 100) : null;
  return (
    <div className="stack turf-walk-facts" aria-busy={behind}>
      <dl className="stats">
        <Stat value={format.number(doors)} label={t`doors`} />
        <Stat value={format.distance(walk.metres)} label={t`on foot`} />
        <Stat value={timeWords(walk.minutes)} label={t`on the way`} />
      </dl>
      <p className="small quiet" role="status">
        {behind ? (
          <Trans>Being measured…</Trans>
        ) : (
          <>
            <Plural value={walk.stops.length} one="# stop" other="# stops" />
            {', '}
            <Plural
              value={walk.crossings}
              one="# street crossed."
              other="# streets crossed."
            />{' '}
            {above === null ? (
              walk.stops.length > 1 && (
                <Trans>So large a turf is ordered in parts: a shorter walk may exist.</Trans>
              )
            ) : above === 0 ? (
              <Trans>No order of these stops is shorter.</Trans>
            ) : byHand ? (
              <Trans>At most {format.percent(above / 100)} above the shortest possible walk.</Trans>
            ) : (
              <Trans>
                Proven: at most {format.percent(above / 100)} above the shortest possible walk.
              </Trans>
            )}
          </>
        )}
      </p>
      <p className="small quiet">
        {pace === null || pace.walks === 0 ? (
          <Trans>
            Minutes are a guess until your chapter has walked: 2.5 a door, and ways at{' '}
            {format.speed(75)}.
          </Trans>
        ) : (
          <Trans>
            Minutes are learnt from {format.number(pace.walks)} walks of your chapter:{' '}
            {format.number(pace.minutesADoor)} a door, and ways at{' '}
            {format.speed(pace.metresAMinute)}.
          </Trans>
        )}
      </p>
      {walk.ground === 'addresses' && (
        <Notice title={<Trans>Ways are guesses</Trans>}>
          <Trans>
            This chapter’s map has no streets. They are made up out of street names and house
            numbers, and know no river and no fence. Load streets for walks that you can trust.
          </Trans>
        </Notice>
      )}
      {walk.ground === 'straight' && doors > 1 && (
        <Notice title={<Trans>Ways are guesses</Trans>}>
          <Trans>
            Nobody knows streets or house numbers here. Ways are straight lines at 1.4 times their
            length.
          </Trans>
        </Notice>
      )}
      {walk.ground === 'streets' && walk.guessed > 0 && (
        <Notice title={<Trans>Some ways are guesses</Trans>}>
          <Plural
            value={walk.guessed}
            one="# stop is off the streets of your map, or on streets that nothing connects. The way to it is a straight line."
            other="# stops are off the streets of your map, or on streets that nothing connects. The ways to them are straight lines."
          />
        </Notice>
      )}
      {walk.unplaced > 0 && (
        <Notice>
          <Plural
            value={walk.unplaced}
            one="# door has no place on the map. It comes last, by street and number."
            other="# doors have no place on the map. They come last, by street and number."
          />
        </Notice>
      )}
    </div>
  );

  function timeWords(minutes: number): string {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return hours === 0 ? t`${rest} min` : t`${hours} h ${rest} min`;
  }
}
