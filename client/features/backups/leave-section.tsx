import { Trans } from '@lingui/react/macro';
import { useMe } from '../../api/me.ts';

/** How a chapter takes everything and goes. */
export function LeaveSection() {
  const { chapter } = useMe();
  return (
    <section className="stack backups-section" aria-labelledby="leave-title">
      <h2 id="leave-title">
        <Trans>Take everything and leave</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          Whoever runs the server writes one directory that anybody can read without Homeground: the
          database, tables with a dictionary, scripts, turfs, ledger and audit chain. Another server
          makes an equal chapter from it. It is as sensitive as the roll.
        </Trans>
      </p>
      <pre className="backups-command" tabIndex={0}>
        <code>npm run homeground -- chapter archive {chapter.slug} DIRECTORY</code>
      </pre>
      <p className="quiet">
        <Trans>To put a backup back, with the server stopped:</Trans>
      </p>
      <pre className="backups-command" tabIndex={0}>
        <code>npm run homeground -- chapter restore FILE --key KEY-FILE</code>
      </pre>
    </section>
  );
}
