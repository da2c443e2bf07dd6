import { Trans, useLingui } from '@lingui/react/macro';
import type { HeldEntry } from '#shared/model/chapter.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { ShowData } from '../../ui/show-data.tsx';

/** What arrived and could not be applied: kept whole, with the reason, for a human to read. */
export function HeldList() {
  const { t } = useLingui();
  const format = useFormat();
  const held = useApi<readonly HeldEntry[]>('/v1/held');
  return (
    <section className="stack chapter-section" aria-labelledby="held-title">
      <h2 id="held-title">
        <Trans>Held for you to look at</Trans>
      </h2>
      <ShowData from={held}>
        {(list) =>
          list.length === 0 ? (
            <p className="quiet">
              <Trans>Nothing is held. Everything that phones sent could be used.</Trans>
            </p>
          ) : (
            <>
              <p className="quiet">
                <Trans>
                  These arrived and do not fit, so they count nowhere. They are kept whole; nothing
                  is thrown away.
                </Trans>
              </p>
              <div className="panel chapter-held">
                {list.map((entry) => (
                  <details key={entry.id}>
                    <summary>
                      <span>
                        <strong>{entry.memberName}</strong> · {format.moment(entry.receivedAt)}
                      </span>
                      <span>{entry.reason}</span>
                    </summary>
                    <pre tabIndex={0} aria-label={t`What the phone sent`}>
                      {layOut(entry.body)}
                    </pre>
                  </details>
                ))}
              </div>
            </>
          )
        }
      </ShowData>
    </section>
  );
}

/** JSON with line breaks; what is no JSON as it came. */
function layOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
