import { useEffect, useRef, type ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheckFilled, IconCircleX } from '@tabler/icons-react';
import { Link } from 'wouter';
import { vault } from '../../store/phone-store.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { byteWords } from './byte-words.ts';
import type { Joining } from './use-join.ts';

export interface JoinReadyProps extends Pick<
  Extract<Joining, { at: 'ready' }>,
  'sheet' | 'offline' | 'lacksMap' | 'app'
> {
  readonly persisted: boolean;
}

/** Whether the person has chosen what opens the list, and it is open. */
function isGuarded(): boolean {
  const { state, guard } = vault.read();
  return state === 'open' && guard !== null;
}

/** The end of joining. "Works without signal" is said only when it is true. */
export function JoinReady({ sheet, offline, lacksMap, app, persisted }: JoinReadyProps) {
  const { i18n } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const hasMap = sheet.map.streets.features.length > 0;
  return (
    <div className="stack">
      <IconCircleCheckFilled className="join-mark join-mark-done" size={48} aria-hidden />
      <h2 ref={heading} tabIndex={-1} className="join-ready">
        {!offline ? (
          <Trans>Your turf is here</Trans>
        ) : lacksMap ? (
          <Trans>Ready without the map: works without signal</Trans>
        ) : (
          <Trans>Ready: works without signal</Trans>
        )}
      </h2>
      <div>
        <b>{sheet.turf.name}</b>
        <ul className="join-checks" role="list">
          <Check there={sheet.doors.length > 0}>
            <Plural value={sheet.doors.length} one="# door" other="# doors" />
          </Check>
          <Check there={sheet.script !== null}>
            {sheet.script === null ? <Trans>no script</Trans> : sheet.script.name}
          </Check>
          <Check there={hasMap}>
            {hasMap ? (
              <Trans>with its map</Trans>
            ) : lacksMap ? (
              <Trans>the map comes with the first signal</Trans>
            ) : (
              <Trans>no map</Trans>
            )}
          </Check>
          <Check there={offline}>
            <Trans>the app itself</Trans>
            {app !== null && (
              <span className="quiet small">
                {' '}
                <Trans>
                  {app.kept} of {app.all} parts, {byteWords(app.bytes, i18n.locale)}
                </Trans>
              </span>
            )}
          </Check>
        </ul>
      </div>
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

interface CheckProps {
  readonly there: boolean;
  readonly children: ReactNode;
}

/** One thing that was looked for on this phone, and whether it was found. */
function Check({ there, children }: CheckProps) {
  const { t } = useLingui();
  return (
    <li>
      {there ? (
        <IconCircleCheckFilled className="join-mark-done" size={20} aria-label={t`here`} />
      ) : (
        <IconCircleX className="quiet" size={20} aria-label={t`not here`} />
      )}
      <span>{children}</span>
    </li>
  );
}
