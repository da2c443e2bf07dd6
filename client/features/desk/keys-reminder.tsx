import { Trans } from '@lingui/react/macro';
import { IconKey } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useMe } from '../../api/me.ts';

/** A quiet line until a lost device shuts nobody out: two passkeys, or one and printed codes. */
export function KeysReminder() {
  const { demo, keys } = useMe();
  const [location] = useLocation();
  if (demo || keys === undefined || keys.passkeys > 1 || keys.codes > 0) return null;
  if (location === '/desk/keys') return null;
  return (
    <div className="desk-band desk-keys small">
      <IconKey size={18} aria-hidden />
      <span>
        <Trans>
          You have one passkey and no way in without it.{' '}
          <Link href="/desk/keys">Print recovery codes or make a second one</Link>
        </Trans>
      </span>
    </div>
  );
}
