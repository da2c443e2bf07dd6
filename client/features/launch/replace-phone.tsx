import { Trans, useLingui } from '@lingui/react/macro';
import type { Phone } from '#shared/sync/phones.ts';
import { useApi } from '../../api/use-api.ts';
import { Notice } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/field.tsx';

export interface ReplacePhoneProps {
  /** The phone whose place the next one takes; '' for none. */
  readonly replaces: string;
  readonly onReplace: (deviceId: string) => void;
}

/** Somebody comes with a new phone: it is theirs too, and the old one reads nothing more (S-4). */
export function ReplacePhone({ replaces, onReplace }: ReplacePhoneProps) {
  const { t } = useLingui();
  const phones = useApi<readonly Phone[]>('/v1/phones');
  const there = (phones.data ?? []).filter(({ standing }) => standing !== 'lost');
  const chosen = there.find(({ deviceId }) => deviceId === replaces);
  return (
    <>
      <SelectField
        label={t`Does it replace a phone?`}
        value={replaces}
        onChange={(event) => onReplace(event.target.value)}
      >
        <option value="">{t`No, it is one more`}</option>
        {there.map(({ deviceId, memberName, turfs }) => (
          <option key={deviceId} value={deviceId}>
            {turfs[0] === undefined
              ? t`This replaces ${memberName}’s phone`
              : t`This replaces ${memberName}’s phone (${turfs[0].name})`}
          </option>
        ))}
      </SelectField>
      {chosen !== undefined && (
        <Notice>
          <Trans>
            The next phone is {chosen.memberName}’s. The old one reads nothing more once it joins;
            what is unsent on it still comes.
          </Trans>
        </Notice>
      )}
    </>
  );
}
