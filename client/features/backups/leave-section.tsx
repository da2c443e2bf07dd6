import { Trans } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useMe } from '../../api/me.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ArchiveBox } from './archive-box.tsx';

/** How a chapter takes everything and goes. */
export function LeaveSection({ handOver }: { readonly handOver: string }) {
  const { chapter } = useMe();
  return (
    <section className="stack backups-section" aria-labelledby="leave-title">
      <h2 id="leave-title">
        <Trans>Take everything and leave</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          One file that anybody can read without Homeground: the database, tables with a dictionary,
          scripts, turfs, ledger and audit chain. Another server makes an equal chapter from it. It
          is not sealed and as sensitive as the roll: whoever takes it is in the ledger.
        </Trans>
      </p>
      <ArchiveBox />
      <div className="row">
        <Link className={buttonClass({ variant: 'quiet' })} href={handOver}>
          <IconPrinter size={18} aria-hidden />
          <span>
            <Trans>The hand-over: one page for the next officers</Trans>
          </span>
        </Link>
      </div>
      <p className="quiet">
        <Trans>Whoever runs the server writes the same as a folder:</Trans>
      </p>
      <pre className="backups-command" tabIndex={0}>
        <code>npm run homeground -- chapter archive {chapter.slug} FOLDER</code>
      </pre>
      <p className="quiet">
        <Trans>
          To put a backup back, or this archive as it is, with the server stopped. The key is for
          sealed backups:
        </Trans>
      </p>
      <pre className="backups-command" tabIndex={0}>
        <code>npm run homeground -- chapter restore FILE --key KEY-FILE</code>
      </pre>
    </section>
  );
}
