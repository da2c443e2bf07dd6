import { Trans } from '@lingui/react/macro';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import type { Phone } from '#shared/sync/phones.ts';

/** How a phone keeps its list from others, and when the list ends by itself: no wipe is at once. */
export function PhoneGuard({ phone }: { readonly phone: Phone }) {
  const { guard, standing, turfs } = phone;
  if (standing !== 'ok' || turfs.length === 0) return null;
  const Icon = guard === 'pin' || guard === 'passkey' ? IconLock : IconLockOpen;
  return (
    <p className="small quiet phone-guard">
      <Icon size={16} aria-hidden />
      <span>
        {guard === 'passkey' && (
          <Trans>
            Locked by the phone’s own lock. Its list ends by itself after 14 days out of contact.
          </Trans>
        )}
        {guard === 'pin' && (
          <Trans>Locked by a PIN. Its list ends by itself after 72 hours out of contact.</Trans>
        )}
        {guard === 'none' && (
          <Trans>Not locked. Its list is gone when the app is loaded anew.</Trans>
        )}
        {guard === null && <Trans>It has not said yet what locks it.</Trans>}
      </span>
    </p>
  );
}
