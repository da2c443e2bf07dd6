import { Trans } from '@lingui/react/macro';
import { HANDED_BUDGET } from '#shared/sync/handed-budget.ts';
import type { Phone } from '#shared/sync/phones.ts';
import { useFormat } from '../../api/use-format.ts';
import { Notice } from '../../ui/notice.tsx';

/** Rings where somebody has taken more of the roll in a day than anybody can walk. */
export function PhoneHanded({ phone }: { readonly phone: Phone }) {
  const format = useFormat();
  const { handed, memberName } = phone;
  if (handed <= HANDED_BUDGET) return null;
  return (
    <Notice tone="problem" title={<Trans>More people than anybody can visit</Trans>}>
      <Trans>
        {memberName} has taken lists with {format.number(handed)} people in the last 24 hours. Ask
        why; if nobody knows, revoke the phone.
      </Trans>
    </Notice>
  );
}
