import { Trans } from '@lingui/react/macro';
import { IconBuildingStore, IconPhone } from '@tabler/icons-react';
import type { TurfKind } from '#shared/model/turf-kind.ts';

/** Says of a turf that it is no walk; nothing of one that is. */
export function KindMark({ kind }: { readonly kind: TurfKind }) {
  if (kind === 'walk') return null;
  return (
    <span className="launch-kind quiet">
      {kind === 'stall' ? (
        <>
          <IconBuildingStore size={16} aria-hidden /> <Trans>Stall</Trans>
        </>
      ) : (
        <>
          <IconPhone size={16} aria-hidden /> <Trans>Calls</Trans>
        </>
      )}
    </span>
  );
}
