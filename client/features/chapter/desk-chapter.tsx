import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { ExportEntry } from '#shared/model/chapter.ts';
import { useMay, useMe } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { ExportLedger } from './export-ledger.tsx';
import { TakeOut } from './take-out.tsx';
import './chapter.css';

/** `/desk/chapter`: what leaves, what is out there, what waits for a human. */
export default function DeskChapter() {
  const { t } = useLingui();
  const me = useMe();
  const ledger = useApi<readonly ExportEntry[]>('/v1/exports');
  const mayTakeOut = useMay('take-out');
  return (
    <div className="desk-page">
      <PageTitle
        title={me.chapter.name}
        under={t`Everything here belongs to the chapter: in its own database, and out of it whole.`}
      />
      {mayTakeOut ? (
        <TakeOut onTaken={ledger.reload} />
      ) : (
        <p className="panel quiet">
          <Trans>
            Research leads and admins take the data out. What they took is listed below.
          </Trans>
        </p>
      )}
      <ExportLedger ledger={ledger} />
      <section className="stack chapter-section" aria-labelledby="members-title">
        <h2 id="members-title">
          <Trans>People</Trans>
        </h2>
        <p className="quiet">
          <Trans>
            Canvassers need no account: they join with a turf’s code. Everybody at the desk signs in
            with a passkey. <Link href="/desk/people">Who is of the chapter</Link>
          </Trans>
        </p>
      </section>
    </div>
  );
}
