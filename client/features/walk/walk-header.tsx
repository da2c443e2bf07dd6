import { Trans, useLingui } from '@lingui/react/macro';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SyncPill } from './sync-pill.tsx';
import { useWalk } from './walk-context.ts';

/** Turf, where my work is, how far the walk is. */
export function WalkHeader() {
  const { t } = useLingui();
  const { sheet, tally } = useWalk();
  const done = tally.doors - tally.remaining;
  return (
    <header className="walk-header">
      <div className="row row-apart">
        <h1 className="walk-turf">{sheet.turf.name}</h1>
        <SyncPill />
      </div>
      <ProgressBar label={t`Doors done`} value={done} max={tally.doors} tone="done" hideWords />
      <p className="walk-progress small quiet">
        <span>
          <Trans>
            <b>{tally.knocked}</b> knocked
          </Trans>
        </span>
        <span>
          <Trans>
            <b>{tally.contacts}</b> contacts
          </Trans>
        </span>
        <span>
          <Trans>
            <b>{tally.remaining}</b> to go
          </Trans>
        </span>
      </p>
    </header>
  );
}
