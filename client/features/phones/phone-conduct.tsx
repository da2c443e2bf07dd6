import { Trans } from '@lingui/react/macro';
import { CONDUCT_VERSION } from '#shared/model/conduct.ts';
import type { Phone } from '#shared/sync/phones.ts';
import { useFormat } from '../../api/use-format.ts';

/** Whether the person of a phone that may walk has read the rules for the doors, which and when. */
export function PhoneConduct({ phone }: { readonly phone: Phone }) {
  const format = useFormat();
  const { conduct, standing } = phone;
  if (standing !== 'ok') return null;
  if (conduct === null) {
    return (
      <p className="small phone-unread">
        <Trans>Has not said that they have read the rules for the doors.</Trans>
      </p>
    );
  }
  return (
    <p className="small quiet">
      <Trans>
        Has read the rules for the doors ({conduct.version}) {format.moment(conduct.at)}
      </Trans>
      {conduct.version !== CONDUCT_VERSION && (
        <>
          {'. '}
          <Trans>They have changed since.</Trans>
        </>
      )}
    </p>
  );
}
