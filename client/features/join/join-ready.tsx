import { useEffect, useRef } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PacketSheet } from '../../store/packet-store.ts';
import { vault } from '../../store/phone-store.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface JoinReadyProps {
  readonly sheet: PacketSheet;
  readonly offline: boolean;
  readonly persisted: boolean;
}

/** Whether the person has chosen what opens the list, and it is open. */
function isGuarded(): boolean {
  const { state, guard } = vault.read();
  return state === 'open' && guard !== null;
}

/** The end of joining. "Works without signal" is said only when it is true. */
export function JoinReady({ sheet, offline, persisted }: JoinReadyProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const hasMap = sheet.map.streets.features.length > 0;
  return (
    <div className="stack">
      <IconCircleCheckFilled className="join-mark join-mark-done" size={48} aria-hidden />
      <h2 ref={heading} tabIndex={-1} className="join-ready">
        {offline ? <Trans>Ready: works without signal</Trans> : <Trans>Your turf is here</Trans>}
      </h2>
      <p>
        <b>{sheet.turf.name}</b>
        {': '}
        <Plural value={sheet.doors.length} one="# door" other="# doors" />
        {', '}
        {sheet.script === null ? <Trans>no script</Trans> : sheet.script.name}
        {', '}
        {hasMap ? <Trans>with its map</Trans> : <Trans>no map</Trans>}
      </p>
      {!offline && (
        <Notice tone="offline" title={<Trans>Stay near a signal for a moment</Trans>}>
          <Trans>
            The app itself is not on this phone yet. What you save is safe, but a closed app opens
            again only with signal. Load this page again where the signal is good.
          </Trans>
        </Notice>
      )}
      {!persisted && (
        <p className="quiet small">
          <Trans>
            Put the app on your home screen (browser menu, “Add to Home Screen”): then the phone
            keeps it for good.
          </Trans>
        </p>
      )}
      <Link
        className={buttonClass({ variant: 'primary', size: 'large', wide: true })}
        href={isGuarded() ? '/walk' : '/protect'}
        replace
      >
        <Trans>Start walking</Trans>
      </Link>
    </div>
  );
}
