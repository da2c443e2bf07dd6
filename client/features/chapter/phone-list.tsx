import { Trans, useLingui } from '@lingui/react/macro';
import type { Phone } from '#shared/model/chapter.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { ShowData } from '../../ui/show-data.tsx';

/** The phones that joined: when they were last heard, and what they still hold. */
export function PhoneList() {
  const { t } = useLingui();
  const format = useFormat();
  const phones = useApi<readonly Phone[]>('/v1/phones');
  return (
    <section className="stack chapter-section">
      <h2 id="phones-title">
        <Trans>Phones</Trans>
      </h2>
      <ShowData from={phones}>
        {(list) =>
          list.length === 0 ? (
            <p className="quiet">
              <Trans>No phone has joined yet. Open a turf’s code under Launch.</Trans>
            </p>
          ) : (
            <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="phones-title">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t`Who`}</th>
                    <th scope="col">{t`Turf`}</th>
                    <th scope="col">{t`Last heard`}</th>
                    <th scope="col">{t`Only on the phone`}</th>
                  </tr>
                </thead>
                <tbody>
                  {list.map((phone) => (
                    <tr key={phone.deviceId}>
                      <td>{phone.memberName}</td>
                      <td>{phone.turfNames.join(', ') || '–'}</td>
                      <td>
                        {phone.lastSeenAt === null ? t`never` : format.moment(phone.lastSeenAt)}
                      </td>
                      <td>
                        {phone.unsent === null ? (
                          <span className="quiet">{t`not told yet`}</span>
                        ) : phone.unsent === 0 ? (
                          <Pill tone="done">{t`all sent`}</Pill>
                        ) : (
                          <Pill tone="phone">{t`${format.number(phone.unsent)} unsent`}</Pill>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </ShowData>
    </section>
  );
}
