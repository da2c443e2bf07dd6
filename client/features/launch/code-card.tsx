import { Trans, useLingui } from '@lingui/react/macro';
import type { LaunchCode, Turf } from '#shared/model/turf.ts';
import { useFormat } from '../../api/use-format.ts';
import { useNow } from '../../api/use-now.ts';
import { QrPicture } from '../../ui/qr-picture.tsx';

export interface CodeCardProps {
  readonly turf: Turf;
  readonly code: LaunchCode;
}

/** One code of the table: to be scanned, or read out and typed. */
export function CodeCard({ turf, code }: CodeCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow(1000);
  return (
    <div className="launch-code">
      <QrPicture text={code.url} label={t`QR code that joins ${turf.name}`} />
      <p className="launch-letters" aria-label={t`Code: ${code.code.split('').join(' ')}`}>
        {code.code}
      </p>
      <p className="quiet small">
        <Trans>For one phone, for {format.span(Math.max(0, code.expiresAt - now))}</Trans>
      </p>
    </div>
  );
}
