import { Trans } from '@lingui/react/macro';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { buttonClass } from '../../../ui/button.tsx';
import { addressLine, apart } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';

/** The next door, one tap away: under the list and under the map. */
export function NextBar({ next }: { readonly next: DoorRow }) {
  return (
    <div className="next-bar">
      <Link
        className={buttonClass({ variant: 'primary', wide: true })}
        href={`/walk/door/${next.door.id}`}
      >
        <span>
          <Trans>Next door: {apart(addressLine(next.building, next.door.unit))}</Trans>
        </span>
        <IconArrowRight className="flips" size={20} aria-hidden />
      </Link>
    </div>
  );
}
