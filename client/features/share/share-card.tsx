import { Trans, useLingui } from '@lingui/react/macro';
import type { Share, ShareState } from '#shared/model/share.ts';
import { useFormat } from '../../api/use-format.ts';
import { Pill, type PillProps } from '../../ui/pill.tsx';
import { ShareActs } from './share-acts.tsx';
import { useShareWords } from './use-share-words.ts';

const TONES: Readonly<Record<ShareState, PillProps['tone']>> = {
  asked: 'phone',
  approved: 'brand',
  refused: 'danger',
  taken: 'done',
};

export interface ShareCardProps {
  readonly share: Share;
  readonly onChange: (share: Share) => void;
  readonly onTaken: () => void;
}

/** One share with all that was said about it, and what may be done with it now. */
export function ShareCard({ share, onChange, onTaken }: ShareCardProps) {
  const { t } = useLingui();
  const words = useShareWords();
  const format = useFormat();
  const { askedBy, decidedBy, basis, cents, universe, consent } = share;
  const price = cents === null ? '' : ` (${format.money(cents)})`;
  const asked = format.moment(share.askedAt);
  const decided = share.decidedAt === null ? '' : format.moment(share.decidedAt);
  const taken = share.takenAt === null ? '' : format.moment(share.takenAt);
  return (
    <article className="panel stack share-card">
      <header className="row row-apart">
        <div>
          <h2>{share.recipient}</h2>
          <p className="small quiet">{words.kinds[share.legalKind]}</p>
        </div>
        <Pill tone={TONES[share.state]}>{words.states[share.state]}</Pill>
      </header>
      <dl className="share-facts">
        <dt>{t`Purpose`}</dt>
        <dd>{share.purpose}</dd>
        <dt>{t`Basis`}</dt>
        <dd>
          {words.bases[basis.kind]}
          {price}
          {basis.what !== '' && `: ${basis.what}`}
        </dd>
        <dt>{t`Agreement`}</dt>
        <dd>{share.agreement === '' ? t`None` : share.agreement}</dd>
        <dt>{t`People`}</dt>
        <dd>
          {universe === null ? t`Everybody` : universe.name}
          {consent !== null && ` · ${t`only who agreed`}`}
        </dd>
        <dt>{t`Fields`}</dt>
        <dd>{share.fields.map((field) => words.fields[field]).join(', ')}</dd>
      </dl>
      <ul className="share-steps small" role="list">
        <li>
          <Trans>
            Asked for by {askedBy.name}, {asked}
          </Trans>
        </li>
        {decidedBy !== null && share.state === 'refused' && (
          <li>
            <Trans>
              Refused by {decidedBy.name}, {decided}: {share.why}
            </Trans>
          </li>
        )}
        {decidedBy !== null && share.state !== 'refused' && (
          <li>
            <Trans>
              Approved by {decidedBy.name}, {decided}
            </Trans>
          </li>
        )}
        {share.takenAt !== null && (
          <li>
            <TakenWords share={share} taken={taken} />
          </li>
        )}
      </ul>
      <ShareActs share={share} onChange={onChange} onTaken={onTaken} />
    </article>
  );
}

function TakenWords({ share, taken }: { readonly share: Share; readonly taken: string }) {
  const format = useFormat();
  if (share.rows === null || share.broken) {
    return (
      <Trans>The download broke off, {taken}: part of it may be out. Ask for a new share.</Trans>
    );
  }
  const rows = format.number(share.rows);
  return (
    <>
      <Trans>
        Taken by {share.askedBy.name}, {taken}: {rows} rows
      </Trans>
      <br />
      <code className="share-hash">SHA-256 {share.sha256}</code>
    </>
  );
}
