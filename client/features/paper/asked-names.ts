import { useLingui } from '@lingui/react/macro';
import type { Asked } from '#shared/model/asked-words.ts';

/** What each thing that a person may allow is called in a line: ways, and whom we may tell. */
export function useAskedNames(): Readonly<Record<Asked, string>> {
  const { t } = useLingui();
  return {
    call: t`call`,
    text: t`text`,
    email: t`email`,
    mail: t`write`,
    door: t`come by`,
    campaigns: t`tell campaigns`,
    partners: t`tell groups`,
    research: t`tell researchers`,
    others: t`tell others`,
  };
}
