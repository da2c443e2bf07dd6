import { Trans, useLingui } from '@lingui/react/macro';
import { IconUserCheck } from '@tabler/icons-react';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { Invites } from '#shared/model/invite.ts';
import { useFormat } from '../../api/use-format.ts';

const SHOWN = 4;

export interface JustJoinedProps {
  readonly joined: Invites['joined'];
  readonly turfId: TurfId;
}

/** Who has just come in by a code of this turf, so that the table sees that it worked. */
export function JustJoined({ joined, turfId }: JustJoinedProps) {
  const { t } = useLingui();
  const format = useFormat();
  const here = joined.filter((one) => one.turfId === turfId);
  return (
    <ul role="list" className="launch-joined" aria-label={t`Just joined`} aria-live="polite">
      {here.slice(0, SHOWN).map(({ id, memberName, at }) => (
        <li key={id}>
          <IconUserCheck size={20} aria-hidden />
          <span>
            <Trans>
              <strong>{memberName}</strong> joined {format.time(at)}
            </Trans>
          </span>
        </li>
      ))}
    </ul>
  );
}
