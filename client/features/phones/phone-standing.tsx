import { Trans } from '@lingui/react/macro';
import type { Phone } from '#shared/sync/phones.ts';
import { useFormat } from '../../api/use-format.ts';

/** What became of a phone that was revoked: asked for, done, or not known yet. */
export function PhoneStanding({ phone }: { readonly phone: Phone }) {
  const format = useFormat();
  const { standing, revokedAt, purgedAt } = phone;
  if (standing === 'ok') return null;
  return (
    <div>
      {revokedAt !== null && (
        <p>
          <strong>
            {standing === 'lost' ? (
              <Trans>Reported lost: {format.moment(revokedAt)}</Trans>
            ) : (
              <Trans>Revoked: {format.moment(revokedAt)}</Trans>
            )}
          </strong>
        </p>
      )}
      <p>
        {purgedAt === null ? (
          <Trans>
            It has not said yet that it deleted its turf. It does so when it next reaches the
            chapter, or when its hold ends and the app is opened.
          </Trans>
        ) : (
          <Trans>It deleted its turf and said so: {format.moment(purgedAt)}</Trans>
        )}
      </p>
    </div>
  );
}
