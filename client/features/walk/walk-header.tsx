import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ScreenButton } from './screen-button.tsx';
import { SyncPill } from './sent/sync-pill.tsx';
import { useWalk } from './walk-context.ts';

/** Turf, where my work is, how far the walk is. */
export function WalkHeader() {
  const { t } = useLingui();
  const { sheet, tally } = useWalk();
  const [location] = useLocation();
  const done = tally.doors - tally.remaining;
  // At a door the height belongs to the door; a stall and a call list count otherwise.
  const compact =
    location.startsWith('/walk/door') ||
    location === '/walk/script' ||
    sheet.turf.kind !== undefined;
  return (
    <header className="walk-header">
      <div className="row row-apart">
        <h1 className="walk-turf">{sheet.turf.name}</h1>
        <span className="walk-signs">
          <ScreenButton />
          <SyncPill />
        </span>
      </div>
      {!compact && (
        <>
          <ProgressBar label={t`Doors done`} value={done} max={tally.doors} tone="done" hideWords />
          <p className="walk-progress small quiet">
            <span>
              <Trans>
                <b>{tally.knocked}</b> knocked
              </Trans>
            </span>
            <span>
              <Trans>
                <b>{tally.contacts}</b>{' '}
                <Plural value={tally.contacts} one="contact" other="contacts" />
              </Trans>
            </span>
            <span>
              <Trans>
                <b>{tally.remaining}</b> to go
              </Trans>
            </span>
          </p>
        </>
      )}
    </header>
  );
}
