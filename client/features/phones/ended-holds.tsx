import { Trans } from '@lingui/react/macro';
import type { EndedHold } from '#shared/sync/phones.ts';
import { useFormat } from '../../api/use-format.ts';

const WEEK = 7 * 24 * 3_600_000;

export interface EndedHoldsProps {
  readonly ended: readonly EndedHold[];
  readonly now: number;
}

/** What a phone holds no longer: whether it has said that the list is gone from it. */
export function EndedHolds({ ended, now }: EndedHoldsProps) {
  const format = useFormat();
  // What has been deleted is told for a week, what has not for as long as it is so.
  const shown = ended.filter(({ purgedAt }) => purgedAt === null || now - purgedAt < WEEK);
  if (shown.length === 0) return null;
  return (
    <ul role="list" className="small quiet">
      {shown.map(({ id, name, endedAt, purgedAt }) => (
        <li key={id}>
          {purgedAt === null ? (
            <Trans>
              {name}: still has the list, as far as it has said. Its hold ended{' '}
              {format.moment(endedAt)}.
            </Trans>
          ) : (
            <Trans>
              {name}: list deleted {format.moment(purgedAt)}
            </Trans>
          )}
        </li>
      ))}
    </ul>
  );
}
